@description('Name of the plan.')
param planName string

@maxLength(32)
@description('Name of the function app.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags { *: string }

@description('Resource id of the identity that the app runs as.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Memory of an instance, in MB.')
param instanceMemoryMB 512 | 2048 | 4096

@description('The most instances at a time.')
param maximumInstanceCount int

@description('The account of queues, documents and the host\'s own state.')
param storageAccountName string

@description('Container of the documents.')
param documentContainer string

@description('Container of the deployment package.')
param packageContainerUrl string

@description('Where telemetry goes.')
param insightsConnectionString string

@description('How digests leave.')
param mailSender 'outbox' | 'sendgrid'

@description('The address that digests come from, or empty.')
param mailFrom string

@description('Where the SendGrid API key lies.')
param sendGridKeyUri string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd deploys the service "functions" of azure.yaml to the resource with this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }

  // All of the app's settings: what is set elsewhere, by hand in the portal too, is gone after the next deployment.
  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        // The host's queues, locks and keys, and our documents, which lie in the same account unless Storage__Account names another.
        AzureWebJobsStorage__accountName: storageAccountName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identityClientId
        // Which identity Azure.Identity takes.
        AZURE_CLIENT_ID: identityClientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'

        // Six-field NCRONTAB in UTC. Digests leave off the full minutes at which everybody's mail leaves.
        PollSchedule: '0 */5 * * * *'
        DigestSchedule: '30 2-57/5 * * * *'
        HousekeepingSchedule: '0 17 3 * * *'
        SecondLookSchedule: '0 9 * * * *'

        Storage__Container: documentContainer
        Digests__PublicUrl: 'https://${app.properties.defaultHostName}'
        Mail__Sender: mailSender
      },
      empty(mailFrom) ? {} : { Mail__From: mailFrom },
      mailSender == 'sendgrid' ? { Mail__SendGrid__Key: '@Microsoft.KeyVault(SecretUri=${sendGridKeyUri})' } : {}
    )
  }

  // Nobody deploys with a user name and a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the function app.')
output name string = app.name

@description('The address of the page.')
output url string = 'https://${app.properties.defaultHostName}'
