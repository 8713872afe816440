@description('Name of the vault.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('Days in which a deleted secret or vault can be brought back. Cannot be changed later.')
param softDeleteDays int

@description('Whether nobody can end the soft delete early. Cannot be taken back.')
param purgeProtection bool

@secure()
@description('SendGrid API key. Empty: the one that already lies in the vault stays.')
param sendGridKey string

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of the person or group that runs the monitor, or empty.')
param operatorId string

@description('Name of the secret with the SendGrid API key.')
var sendGridKeyName = 'sendgrid-key'

@description('The role that may read secrets: Key Vault Secrets User.')
var readerRole = '4633458b-17de-408a-b874-0445c86b69e6'

@description('The role that may set secrets: Key Vault Secrets Officer.')
var officerRole = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: softDeleteDays
    // Azure does not take false here, only nothing.
    enablePurgeProtection: purgeProtection ? true : null
  }

  resource sendGrid 'secrets' = if (!empty(sendGridKey)) {
    name: sendGridKeyName
    properties: { value: sendGridKey }
  }
}

resource appAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, 'app', readerRole)
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRole)
    description: 'Key Vault Secrets User for the app'
  }
}

resource operatorAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: vault
  name: guid(vault.id, operatorId, officerRole)
  properties: {
    principalId: operatorId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', officerRole)
    description: 'Key Vault Secrets Officer for the operator'
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Where the SendGrid API key lies: without a version, so that a new one is taken by itself.')
output sendGridKeyUri string = '${vault.properties.vaultUri}secrets/${sendGridKeyName}'
