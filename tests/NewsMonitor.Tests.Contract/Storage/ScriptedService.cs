using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace NewsMonitor.Tests.Contract.Storage;

/// <summary>Answers in the service's place where the script says so, and else asks the service.</summary>
internal sealed class ScriptedService(Func<HttpRequestMessage, HttpResponseMessage?> script) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>As the service refuses.</summary>
    public static HttpResponseMessage Refusal(HttpRequestMessage request, int status, string code, string message = "Out of order.") => new((HttpStatusCode)status)
    {
        RequestMessage = request,
        Headers = { { "x-ms-error-code", code } },
        Content = new StringContent(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>", Encoding.UTF8, "application/xml"),
    };

    /// <summary>The clients' options for tests: the service's version, retries without waiting, and what stands in between.</summary>
    public static T Quick<T>(T options, HttpMessageHandler? between, int retries = 2)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxRetries = retries;
        if (between is not null)
            options.Transport = new HttpClientTransport(between);
        return options;
    }

    public static BlobContainerClient Container(string account, string name, HttpMessageHandler? between) =>
        new(account, name, Quick(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2023_11_03), between));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        script(request) ?? await base.SendAsync(request, cancellationToken);
}
