// Everything one partnership's bot needs in Azure, in one resource group:
//   az deployment group create -g <group> -f deploy/main.bicep -p image=<address>/<name>:<tag>
//
// One managed identity is the bot's name to Microsoft Teams and its key to the tables, so that there
// is no password anywhere. Read deploy/README.md first.

targetScope = 'resourceGroup'

@description('Begins the name of everything made here: small letters, digits and hyphens.')
@minLength(3)
@maxLength(24)
param name string = 'learning-conversations'

@description('Where it all stands, and so where the records are kept.')
param location string = resourceGroup().location

@description('The container image, with its tag or, better, its digest.')
param image string

@description('The Azure container registry of the image, in this resource group: its name alone. Empty for an image that anybody may pull.')
param registry string = ''

@description('What people see in Teams as the sender.')
param displayName string = 'Learning Conversations'

@description('Tenants whose people are served. Empty: the tenant of this subscription alone.')
param allowedTenants array = []

@description('Mail addresses of the facilitators. Empty, which is better: the members of the team below.')
param facilitators array = []

@description('The facilitation team in Teams, as 19:...@thread.tacv2: its members are the facilitators where none are named above.')
param facilitationTeamId string = ''

@description('The channel of that team in which new requests are announced. Empty: the one that was picked when the app was added, else General.')
param facilitationChannelId string = ''

@description('Mail address of the team lead, who hears of a request that nobody picks up, and reads feedback. Empty: the channel and the team are told once more, and nobody reads it.')
param facilitationLead string = ''

@description('Mail address of the team lead\'s deputy, who reads feedback beside them. Empty: the lead alone.')
param facilitationDeputy string = ''

@description('Who chooses a facilitator where somebody in the team may know the family: two mail addresses at most. Empty: the team lead.')
@maxLength(2)
param gatekeepers array = []

@description('Who reads what people wrote after conversations once a quarter is closed, without names, to collate it: two mail addresses at most. Empty: nobody, and no card says so.')
@maxLength(2)
param evaluators array = []

@description('Mail addresses of the Practice Team, who hear of the difference made after eight weeks. Empty: the team lead.')
param practiceTeam array = []

@description('Tell the facilitation team\'s channel each month before in figures.')
param monthlyDigest bool = false

@description('How many copies of the bot run. They share the sending limits, so all have to know.')
@minValue(1)
@maxValue(10)
param instances int = 1

@description('Put before the name of every table, where several bots share one storage account.')
@maxLength(20)
param tablesPrefix string = ''

@description('How long log lines are kept, in days. They hold ids, never names or answers.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('What signs the links to files: 32 characters or more that nobody can guess, such as of `openssl rand -hex 32`. Empty: cards leave such links out.')
@secure()
param linkSecret string = ''

@allowed(['DEBUG', 'INFO', 'WARNING', 'ERROR'])
@description('How much is logged.')
param logLevel string = 'INFO'

@allowed(['F0', 'S1'])
@description('The bot registration: F0 is free. Teams messages are free in both.')
param botSku string = 'F0'

var port = 3978
// Known before the app is there: its own name under the environment's domain.
var publicUrl = 'https://${name}.${appEnvironment.properties.defaultDomain}'
var unique = uniqueString(resourceGroup().id, name)
// A storage account's name: 3 to 24 small letters and digits, unique in the world.
var storageName = toLower(take('lc${unique}${replace(name, '-', '')}', 24))
// Source: Azure built-in roles, "Storage Table Data Contributor", "Storage Blob Data Contributor" and
// "AcrPull".
var tableContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var blobContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    allowBlobPublicAccess: false
    // No account key opens it: only the identity below, and whom you give a role.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

// The bot makes its tables itself.
resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource mayKeepRecords 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identity.id, tableContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tableContributor
  }
}

// What was erased, kept outside the tables: a backup made before does not bring it back.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    // A ledger that was deleted or written over comes back within this time.
    deleteRetentionPolicy: {
      enabled: true
      days: 90
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 90
    }
    isVersioningEnabled: true
  }
}

resource ledger 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'erasures'
}

resource mayKeepLedger 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: ledger
  name: guid(ledger.id, identity.id, blobContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blobContributor
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (!empty(registry)) {
  name: empty(registry) ? 'none' : registry
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registry)) {
  scope: images
  name: guid(resourceGroup().id, registry, identity.id, acrPull)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    retentionInDays: logDays
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource appEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  dependsOn: [
    mayKeepRecords
    mayPull
    tables
  ]
  properties: {
    managedEnvironmentId: appEnvironment.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'http'
      }
      secrets: empty(linkSecret) ? [] : [
        {
          name: 'link-secret'
          value: linkSecret
        }
      ]
      registries: empty(registry) ? [] : [
        {
          server: '${registry}${environment().suffixes.acrLoginServer}'
          identity: identity.id
        }
      ]
    }
    template: {
      // On SIGTERM the bot ends its turns and what it is sending, in up to 20 seconds each.
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'bot'
          image: image
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat([
            { name: 'HOST', value: '0.0.0.0' }
            { name: 'PORT', value: string(port) }
            { name: 'LOG_LEVEL', value: logLevel }
            { name: 'INSTANCES', value: string(instances) }
            { name: 'MICROSOFT_APP_ID', value: identity.properties.clientId }
            { name: 'MICROSOFT_APP_TYPE', value: 'UserAssignedMSI' }
            { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
            { name: 'ALLOWED_TENANTS', value: join(allowedTenants, ',') }
            // Read by the Azure library: which identity opens the tables.
            { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
            { name: 'TABLES_ENDPOINT', value: storage.properties.primaryEndpoints.table }
            { name: 'ERASURE_LEDGER', value: '${storage.properties.primaryEndpoints.blob}erasures/ledger' }
            { name: 'TABLES_PREFIX', value: tablesPrefix }
            { name: 'FACILITATORS', value: join(facilitators, ',') }
            { name: 'FACILITATION_TEAM_ID', value: facilitationTeamId }
            { name: 'FACILITATION_CHANNEL_ID', value: facilitationChannelId }
            { name: 'FACILITATION_LEAD', value: facilitationLead }
            { name: 'FACILITATION_DEPUTY', value: facilitationDeputy }
            { name: 'GATEKEEPERS', value: join(gatekeepers, ',') }
            { name: 'EVALUATORS', value: join(evaluators, ',') }
            { name: 'PRACTICE_TEAM', value: join(practiceTeam, ',') }
            { name: 'MONTHLY_DIGEST', value: string(monthlyDigest) }
            { name: 'PUBLIC_URL', value: empty(linkSecret) ? '' : publicUrl }
          ], empty(linkSecret) ? [] : [
            { name: 'LINK_SECRET', secretRef: 'link-secret' }
          ])
          probes: [
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: port
              }
              initialDelaySeconds: 10
              periodSeconds: 30
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              // Slow to give up on purpose: while the storage is away for a minute, the bot itself
              // answers people better than a closed door does ("Not saved yet").
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: port
              }
              periodSeconds: 30
              timeoutSeconds: 5
              failureThreshold: 10
            }
          ]
        }
      ]
      // Never none: a sleeping bot sends no prompt.
      scale: {
        minReplicas: instances
        maxReplicas: instances
      }
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: botSku
  }
  properties: {
    displayName: displayName
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teamsChannel 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

@description('For deploy/teams/pack.py.')
output microsoftAppId string = identity.properties.clientId

@description('Ask these two whether the bot is well: /healthz and /readyz.')
output address string = 'https://${app.properties.configuration.ingress.fqdn}'

@description('Where the records are kept.')
output storageAccount string = storage.name
