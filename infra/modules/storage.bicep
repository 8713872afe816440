@description('Name of the storage account.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

@description('Replication.')
param sku 'Standard_LRS' | 'Standard_ZRS'

@description('Days in which deleted blobs and containers can be brought back.')
param softDeleteDays int

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of the person or group that runs the monitor, or empty.')
param operatorId string

@description('The queues of the code. The host moves messages that failed too often to the queue with -poison.')
var queues = ['monitor-polls', 'monitor-webhooks', 'monitor-digests']

@description('Where hits, sources, topics, subscribers, digests and poll state lie.')
var documents = 'monitor'

@description('Where the deployment package lies.')
var packages = 'app-package'

@description('Roles of the app: those that the Functions host asks for on the account of AzureWebJobsStorage.')
var appRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-60f855dd0fe8'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

@description('Roles of who runs the monitor: to edit lists, read hits and replay messages with the command line.')
var operatorRoles = {
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-60f855dd0fe8'
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
      deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    }

    resource documentContainer 'containers' = {
      name: documents
      properties: { publicAccess: 'None' }
    }

    resource packageContainer 'containers' = {
      name: packages
      properties: { publicAccess: 'None' }
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource workQueues 'queues' = [for queue in queues: { name: queue }]

    resource poisonQueues 'queues' = [for queue in queues: { name: '${queue}-poison' }]
  }
}

resource appAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(appRoles): {
    scope: account
    name: guid(account.id, 'app', role.value)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      description: '${role.key} for the app'
    }
  }
]

// Whether the operator is a person, a group or a pipeline is for Azure to find out.
resource operatorAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(operatorRoles): if (!empty(operatorId)) {
    scope: account
    name: guid(account.id, operatorId, role.value)
    properties: {
      principalId: operatorId
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      description: '${role.key} for the operator'
    }
  }
]

@description('The account that AzureWebJobsStorage names.')
output name string = account.name

@description('Container of the documents.')
output documentContainer string = account::blobs::documentContainer.name

@description('Container of the deployment package.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::packageContainer.name}'
