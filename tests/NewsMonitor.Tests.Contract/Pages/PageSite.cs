using System.Diagnostics;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests;
using NewsMonitor.Pages;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Contract.Pages;

/// <summary>The system's own routes on a free port, over a fresh data folder in which the first run has been.</summary>
internal sealed class PageSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly LocalSite _site;
    private readonly HttpClient _client;

    private PageSite(TemporaryFolder folder, ServiceProvider services, LocalSite site)
    {
        (_folder, Services, _site) = (folder, services, site);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(site.Address) };
    }

    public ServiceProvider Services { get; }

    public IBlobStore Blobs => Services.GetRequiredService<IBlobStore>();

    public SubscriberStore Subscribers => Services.GetRequiredService<SubscriberStore>();

    public FakeTimeProvider Time => (FakeTimeProvider)Services.GetRequiredService<TimeProvider>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PageSite> StartAsync()
    {
        var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [KeyValuePair.Create("Storage:Data", (string?)folder["data"]), KeyValuePair.Create("Http:AllowedNetworks", (string?)"127.0.0.1")]).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddRoutingCore()
            .AddSingleton(new DiagnosticListener("tests")) // as every web host has
            .AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)))
            .AddNewsMonitor(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<FirstRun>().PrepareAsync(Cancel);
        var site = await LocalSite.StartAsync(async context =>
        {
            await using var scope = services.CreateAsyncScope();
            context.RequestServices = scope.ServiceProvider;
            await services.GetRequiredService<WebPipeline>().RunAsync(context);
        });
        return new PageSite(folder, services, site);
    }

    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? content = null) =>
        _client.SendAsync(new HttpRequestMessage(method, path) { Content = content }, Cancel);

    public async Task<string> TextAsync(string path) => await (await AskAsync(HttpMethod.Get, path)).Content.ReadAsStringAsync(Cancel);

    /// <summary>A page, read by a parser that forgives nothing.</summary>
    public async Task<IHtmlDocument> PageAsync(string path) =>
        new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(await TextAsync(path));

    public async Task<Subscriber> SubscribeAsync()
    {
        await Subscribers.AddAsync(
            new NewSubscriber("reader@example.org", "ar", "Asia/Baghdad", Cadence.Daily, default, default, [], Strength.Possible, OutboxOnly: false), Cancel);
        return (await Subscribers.ReadAsync(SubscriberStore.IdOf("reader@example.org"), Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _site.DisposeAsync();
        await Services.DisposeAsync();
        _folder.Dispose();
    }
}
