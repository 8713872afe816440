using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Cli;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Pipeline;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class BackfillCommandTests : IDisposable
{
    private const string Rain = """
        language: 1
        words:
          rain: {noun: [مطر]}
          heavy: {adjective: [غزير]}
        topics:
          - id: weather
            title: {ar: الطقس, en: Weather}
            rules: [{id: rain, any: [rain]}]
        """;

    private static readonly string HeavyRain = Rain.Replace("[{id: rain, any: [rain]}]", "[{id: heavy-rain, phrase: [rain, heavy], strength: possible}]", StringComparison.Ordinal);
    private static readonly string Snow = Rain.Replace("مطر", "ثلج", StringComparison.Ordinal);

    private readonly BackfillDesk _desk = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _desk.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task People_see_each_difference_with_its_sentence_and_then_the_sums()
    {
        Prepare(Rain);
        var archive = _desk.Archive(
            BackfillDesk.Line("a", "خبر الطقس", "هطل المطر الغزير على بغداد.\n\nصحو غدا."), BackfillDesk.Line("b", "خبر آخر"));
        Assert.Equal(0, await RunAsync(archive));
        var id = BackfillDesk.Polled("a", "", default).Id;
        Assert.Equal(
            $"""
            added    2026-11-20 08:00Z  First: خبر الطقس
              weather  confirmed 1  new hit {id}  {archive}:1
              + rain (text): هطل [المطر] الغزير على بغداد.

            2 articles of 1 file read, topics {TopicRules.Parse(Rain, "").Version[..8]}
                       added    lost changed
            weather        1       0       0
            new hits: 1, stored hits that differ: 0, of which no topic matches any more: 0
            nothing was written; run again with --write

            """,
            _output.ToString());
        Assert.Equal("", _error.ToString());
        Assert.Equal(["sources.opml", "topics.yaml"], _desk.Blobs.Paths(""));
    }

    [Fact]
    public async Task Before_and_after_are_seen_of_what_changed_and_of_what_is_lost_what_it_was()
    {
        Prepare(Rain);
        var archive = _desk.Archive(BackfillDesk.Line("a", "خبر الطقس", "هطل المطر الغزير على بغداد."));
        Assert.Equal(0, await RunAsync(archive, write: true));
        Assert.Contains("written; nobody is told of it", _output.ToString(), StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Prepare(HeavyRain);
        Assert.Equal(0, await RunAsync(write: true));
        Assert.Contains("changed  2026-11-20 08:00Z", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  weather  confirmed 1 -> possible ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  - rain (text): هطل [المطر] الغزير على بغداد.\n  + heavy-rain (text): هطل [المطر الغزير] على بغداد.\n", _output.ToString(), StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Prepare(HeavyRain.Replace("strength: possible", "strength: possible, weight: 7", StringComparison.Ordinal));
        Assert.Equal(0, await RunAsync());
        Assert.Contains("-> possible 7", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  = heavy-rain (text): هطل [المطر الغزير]", _output.ToString(), StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Prepare(Snow);
        Assert.Equal(0, await RunAsync());
        Assert.Contains("lost     2026-11-20 08:00Z", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n  - heavy-rain (text): هطل [المطر الغزير]", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("stored hits that differ: 1, of which no topic matches any more: 1", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_one_object_a_difference_and_the_sums_apart()
    {
        Prepare(Rain);
        var archive = _desk.Archive(BackfillDesk.Line("a", "المطر\u202E غدا"), "{", BackfillDesk.Line("b", "المطر اليوم"));
        Assert.Equal(1, await RunAsync(archive, json: true));
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([$"{archive}:1", $"{archive}:3"], lines.Select(line => line.GetProperty("where").GetString()));
        Assert.Equal(
            ("added", true, "weather"),
            (lines[0].GetProperty("what").GetString(), lines[0].GetProperty("isNew").GetBoolean(), lines[0].GetProperty("topic").GetString()));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("before").ValueKind);
        Assert.Equal("rain", lines[0].GetProperty("after").GetProperty("mentions")[0].GetProperty("rule").GetString());
        Assert.DoesNotContain('\u202E', _output.ToString());
        Assert.StartsWith($"{archive}:2: not valid JSON", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("problems: 1", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("nothing was written", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_archive_only_the_days_are_read_that_are_asked_for()
    {
        Prepare(Rain);
        var archive = _desk.Archive([.. Enumerable.Range(10, 10).Select(day => BackfillDesk.Line($"{day}", "المطر", date: $"2026-11-{day}T12:00:00Z"))]);
        await RunAsync(new BackfillCommand.Wanted([archive], new DateOnly(2026, 11, 12), new DateOnly(2026, 11, 14), Write: true));
        Assert.Equal(["12", "13", "14"], _desk.Blobs.Paths("hits/").Select(path => path.Split('/')[3]));
    }

    [Fact]
    public async Task An_empty_store_is_looked_at_with_the_shipped_topics_and_stays_empty()
    {
        var archive = _desk.Archive(BackfillDesk.Line("a", "بدء الحوار الستراتيجي بين العراق وأميركا", source: null));
        Assert.Equal(0, await RunAsync(archive));
        Assert.Contains("strategic-dialogue", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_desk.Blobs.Paths(""));
    }

    [Fact]
    public async Task What_strangers_wrote_plays_no_tricks_on_a_terminal()
    {
        Prepare(Rain);
        await RunAsync(_desk.Archive(BackfillDesk.Line("a", "\u001b[31m\u202Eالمطر", "x\rالمطر\u0007", source: "\u001b]0;x\u0007")));
        Assert.NotEmpty(_output.ToString());
        Assert.DoesNotContain(_output.ToString(), letter => letter is '\u001b' or '\u202E' or '\r' or '\u0007');
    }

    [Fact]
    public async Task A_run_that_is_stopped_says_so_and_is_no_success()
    {
        Prepare(Rain);
        using var stop = new CancellationTokenSource();
        _output.NewLine = "\n";
        var services = Services();
        var report = new BackfillReport(new Stopping(_output, stop), _error, json: false, showsProgress: false);
        var archive = _desk.Archive(BackfillDesk.Line("a", "المطر غدا"), BackfillDesk.Line("b", "المطر اليوم"));
        var code = await BackfillCommand.RunAsync(services, new([archive], DateOnly.MinValue, DateOnly.MaxValue, Write: true), report, stop.Token);
        Assert.Equal(1, code);
        Assert.Single(_desk.Blobs.Paths("hits/"));
        Assert.Contains("stopped: 1 article of 1 file read", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Run it again to go on", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string? archive = null, bool write = false, bool json = false) => RunAsync(
        new(archive is null ? [] : [archive], archive is null ? new DateOnly(2026, 11, 1) : DateOnly.MinValue, new DateOnly(2026, 11, 30), write), json);

    private Task<int> RunAsync(BackfillCommand.Wanted wanted, bool json = false)
    {
        (_output.NewLine, _error.NewLine) = ("\n", "\n");
        return BackfillCommand.RunAsync(Services(), wanted, new BackfillReport(_output, _error, json, showsProgress: false), Cancel);
    }

    /// <summary>An operator's store, with one outlet.</summary>
    private void Prepare(string topics)
    {
        _desk.Blobs.Put("topics.yaml", topics);
        _desk.Blobs.Put("sources.opml", """<opml version="2.0"><body><outline type="rss" text="First" xmlUrl="https://news.example/rss"/></body></opml>""");
    }

    private ServiceProvider Services()
    {
        var services = NewsMonitor.Cli.Services.Add(new ServiceCollection(), new ConfigurationBuilder().Build());
        return services.AddSingleton<IBlobStore>(_desk.Blobs).AddSingleton<TimeProvider>(_desk.Time).BuildServiceProvider();
    }

    /// <summary>Ctrl-C while the first difference is printed.</summary>
    private sealed class Stopping(TextWriter inner, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            inner.WriteLine(value);
            stop.Cancel();
        }
    }
}
