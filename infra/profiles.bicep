@export()
@description('What differs between a monitor to try things on and one that people rely on.')
type Profile = {
  @description('Memory of an instance, in MB. CPU grows with it: a quarter core with 512, one with 2048, two with 4096.')
  instanceMemoryMB: 512 | 2048 | 4096

  @minValue(1)
  @maxValue(1000)
  @description('The most instances that may run at a time: the bound of the bill.')
  maximumInstanceCount: int

  @description('How storage is replicated: in one datacenter, or over three zones of the region.')
  storageSku: 'Standard_LRS' | 'Standard_ZRS'

  @minValue(7)
  @maxValue(90)
  @description('Days in which deleted blobs, containers, secrets and the vault can be brought back. The vault keeps what it was made with.')
  softDeleteDays: int

  @description('Whether nobody can end the soft delete of the vault early. Cannot be taken back.')
  purgeProtection: bool

  @minValue(30)
  @maxValue(730)
  @description('Days for which logs are kept.')
  logRetentionDays: int

  @minValue(1)
  @description('The most logs that are taken in a day, in GB; what comes after is lost until the next day.')
  logDailyCapGb: int
}

@export()
@description('The profiles by name.')
var profiles = {
  dev: {
    instanceMemoryMB: 512
    maximumInstanceCount: 40
    storageSku: 'Standard_LRS'
    softDeleteDays: 7
    purgeProtection: false
    logRetentionDays: 30
    logDailyCapGb: 1
  }
  prod: {
    instanceMemoryMB: 2048
    maximumInstanceCount: 100
    storageSku: 'Standard_ZRS'
    softDeleteDays: 30
    purgeProtection: true
    logRetentionDays: 90
    logDailyCapGb: 5
  }
}
