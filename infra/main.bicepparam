// What azd reads. The environment of azd chooses: `azd env set MONITOR_PROFILE prod`.
using 'main.bicep'

import { profiles } from 'profiles.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'newsmonitor')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param profile = profiles[readEnvironmentVariable('MONITOR_PROFILE', 'dev')]
param mailSender = readEnvironmentVariable('MAIL_SENDER', '')
param mailFrom = readEnvironmentVariable('MAIL_FROM', '')
param sendGridKey = readEnvironmentVariable('SENDGRID_KEY', '')
param operatorId = readEnvironmentVariable('MONITOR_OPERATOR_ID', readEnvironmentVariable('AZURE_PRINCIPAL_ID', ''))
