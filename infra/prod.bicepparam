// For deployments without azd: az deployment sub create --location REGION --parameters infra/prod.bicepparam
using 'main.bicep'

import { profiles } from 'profiles.bicep'

param environmentName = 'newsmonitor-prod'
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param profile = profiles.prod
