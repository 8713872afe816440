// For deployments without azd: az deployment sub create --location REGION --parameters infra/dev.bicepparam
using 'main.bicep'

import { profiles } from 'profiles.bicep'

param environmentName = 'newsmonitor-dev'
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param profile = profiles.dev
