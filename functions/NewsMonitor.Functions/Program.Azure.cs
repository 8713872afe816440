using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NewsMonitor;
using NewsMonitor.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddNewsMonitor(builder.Configuration);

// The worker's logs and traces reach nobody without an exporter; Application Insights takes them by identity only.
var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
    telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = new DefaultAzureCredential());

// Six lines a request tell nothing that the host's own record of it does not, and would hold readers' unsubscribe tokens.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

// Documents lie in the account that the Functions host already uses for the queues, unless another is named.
builder.Services.PostConfigure<StorageOptions>(storage =>
{
    if (storage.Account.Length == 0)
    {
        storage.Account = builder.Configuration["AzureWebJobsStorage"]
            ?? builder.Configuration["AzureWebJobsStorage:accountName"]
            ?? builder.Configuration["AzureWebJobsStorage:blobServiceUri"]
            ?? "";
    }
});

// Without an account the store would be a folder of an instance that is soon gone, and its queues nobody's.
builder.Services.AddOptions<StorageOptions>().Validate(
    storage => storage.Account.Length > 0,
    "There is no storage account: set AzureWebJobsStorage (or AzureWebJobsStorage__accountName), or Storage__Account.");

// A client must not choose the base path of our links.
builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders &= ~ForwardedHeaders.XForwardedPrefix);

builder.Build().Run();
