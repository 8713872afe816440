@description('Name of the identity.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags { *: string }

// Apart from the app: it has its roles before the app exists, so that the app can read its package and secrets from the start.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id, for what is to run as this identity.')
output id string = identity.id

@description('Object id, for role assignments.')
output principalId string = identity.properties.principalId

@description('Client id, by which the app names this identity.')
output clientId string = identity.properties.clientId
