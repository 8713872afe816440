targetScope = 'subscription'

import { Profile } from 'profiles.bicep'

@minLength(1)
@maxLength(64)
@description('Name of this monitor among others: the name of the azd environment.')
param environmentName string

@description('The Azure region of everything.')
param location string

@description('How large and how well protected this monitor is.')
param profile Profile

@description('How digests leave. Empty: by SendGrid if a key is given here, else into the outbox, which reaches nobody.')
param mailSender '' | 'outbox' | 'sendgrid' = ''

@description('The address that digests come from; SendGrid must know it. Needed when digests leave by SendGrid.')
param mailFrom string = ''

@secure()
@description('SendGrid API key with the Mail Send permission. Empty: the one that already lies in the vault stays.')
param sendGridKey string = ''

@description('Object id of the person or group that runs this monitor with the command line and sets its secrets. Empty: nobody.')
param operatorId string = ''

@description('Tells this monitor\'s names from everybody else\'s.')
var resourceToken = uniqueString(subscription().id, environmentName, location)

@description('Whether digests leave by SendGrid.')
var usesSendGrid = mailSender == 'sendgrid' || (empty(mailSender) && !empty(sendGridKey))

@description('By this tag azd finds what belongs to an environment.')
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-newsmonitor-${resourceToken}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${resourceToken}'
    location: location
    tags: tags
    sku: profile.storageSku
    softDeleteDays: profile.softDeleteDays
    appPrincipalId: identity.outputs.principalId
    operatorId: operatorId
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-newsmonitor-${resourceToken}'
    insightsName: 'appi-newsmonitor-${resourceToken}'
    location: location
    tags: tags
    retentionDays: profile.logRetentionDays
    dailyCapGb: profile.logDailyCapGb
    appPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${resourceToken}'
    location: location
    tags: tags
    softDeleteDays: profile.softDeleteDays
    purgeProtection: profile.purgeProtection
    sendGridKey: sendGridKey
    appPrincipalId: identity.outputs.principalId
    operatorId: operatorId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    planName: 'asp-newsmonitor-${resourceToken}'
    // At most 32 characters: the Functions host keeps its locks under the first 32 of the name.
    name: 'func-newsmonitor-${resourceToken}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    instanceMemoryMB: profile.instanceMemoryMB
    maximumInstanceCount: profile.maximumInstanceCount
    storageAccountName: storage.outputs.name
    documentContainer: storage.outputs.documentContainer
    packageContainerUrl: storage.outputs.packageContainerUrl
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    mailSender: usesSendGrid ? 'sendgrid' : 'outbox'
    // Here, because the app would not start.
    mailFrom: usesSendGrid && empty(mailFrom)
      ? fail('mailFrom (MAIL_FROM) is needed: SendGrid mails only from an address it knows.')
      : mailFrom
    sendGridKeyUri: vault.outputs.sendGridKeyUri
  }
}

@description('The resource group, where azd looks for the app.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('The storage account: what `--storage` of the command line takes.')
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('The vault with the SendGrid key.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The address of the page.')
output MONITOR_URL string = app.outputs.url
