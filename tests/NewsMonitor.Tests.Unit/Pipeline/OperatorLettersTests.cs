using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Digests;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>Operators are told of a source that needs a look once, and once when it is well.</summary>
public sealed class OperatorLettersTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 5, 0, 0, TimeSpan.Zero);
    private static readonly Source Nas = new("nas-1", "ناس <b>نيوز</b>", "https://nas.example/rss", "ar", "IQ", null, "", true);
    private static readonly Source Mada = Nas with { Id = "mada-2", Title = "المدى" };

    private readonly MemoryBlobs _blobs = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));
    private readonly RazorHtml _razor = new(NullLoggerFactory.Instance);
    private readonly ScriptedSender _sender = new("smtp", repeatable: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _razor.DisposeAsync();

    [Fact]
    public async Task What_needs_a_look_is_told_once_and_once_when_it_is_well()
    {
        await SetAsync((Nas, AlarmKind.Failing), (Mada, AlarmKind.Silent));
        await RunAsync(3);
        var mail = Assert.Single(_sender.Sent);
        Assert.Equal(("desk@example.org", "رصد الأخبار: المصادر، مصادر تحتاج إلى نظر: 2"), (mail.To, mail.Content.Subject));
        Assert.Contains("يتعذر الوصول إليه منذ 2026-03-01 05:00", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("monitor sources test mada-2", mail.Content.Text, StringComparison.Ordinal);
        Assert.Contains("ناس &lt;b&gt;نيوز&lt;/b&gt;", mail.Content.Html, StringComparison.Ordinal);

        await SetAsync((Mada, AlarmKind.Silent));
        await RunAsync(3);
        Assert.Equal("رصد الأخبار: المصادر، عادت إلى العمل: 1", Assert.Single(_sender.Sent.Skip(1)).Content.Subject);
        await SetAsync();
        await RunAsync(3);
        Assert.Equal(3, _sender.Sent.Count);
        Assert.Equal(3, _sender.Sent.Select(sent => sent.EditionId).Distinct().Count());
    }

    [Fact]
    public async Task In_english_if_that_is_the_operators_language()
    {
        await SetAsync((Nas, AlarmKind.Failing));
        await RunAsync(1, language: "en");
        var mail = Assert.Single(_sender.Sent);
        Assert.Equal(("en", "NewsMonitor: sources, sources that need a look: 1"), (mail.Language, mail.Content.Subject));
        Assert.Contains("lang=\"en\" dir=\"ltr\"", mail.Content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_falls_before_anybody_was_told_is_not_told()
    {
        await SetAsync((Nas, AlarmKind.Failing));
        await SetAsync();
        await RunAsync(2);
        Assert.Empty(_sender.Sent);
    }

    [Fact]
    public async Task Without_an_operators_address_nothing_is_made_and_what_stands_is_told_when_there_is_one()
    {
        await SetAsync((Nas, AlarmKind.Failing));
        await RunAsync(2, address: "");
        Assert.Empty(_blobs.Paths("digests/"));
        await RunAsync(1);
        Assert.Single(_sender.Sent);
    }

    [Theory]
    [InlineData(SendResult.TryLater, 2)]
    [InlineData(SendResult.Unknown, 1)]
    public async Task A_mail_that_was_not_sent_is_sent_later_and_one_that_may_have_been_is_not(SendResult result, int sent)
    {
        await SetAsync((Nas, AlarmKind.Failing));
        _sender.Answers(result);
        await RunAsync(1);
        _sender.Answers(SendResult.Accepted);
        await SetAsync((Nas, AlarmKind.Failing)); // another poll finds the same
        await RunAsync(3);
        Assert.Equal(sent, _sender.Sent.Count);
        Assert.Single(_sender.Sent.Select(mail => mail.EditionId).Distinct());
    }

    [Fact]
    public async Task Many_who_run_at_once_send_one()
    {
        await SetAsync((Nas, AlarmKind.Failing));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Letters("desk@example.org", "ar").RunAsync(Cancel), Cancel)));
        Assert.Single(_sender.Sent);
    }

    [Fact]
    public async Task Each_shard_sets_its_own_sources_right_and_leaves_the_others()
    {
        var book = new AlarmBook(_blobs);
        var shards = new[] { Nas, Mada }.ToDictionary(source => source.Id, source => new PollMessage(ShardPoll.ShardOf(source, 7), 7));
        await book.SetAsync(shards["nas-1"], [(Nas, State(AlarmKind.Failing))], Cancel);
        await book.SetAsync(shards["mada-2"], [(Mada, State(AlarmKind.Silent))], Cancel);
        Assert.Equal(["mada-2", "nas-1"], (await ReadAsync()).Now.Keys);
        // Disabled: it is not polled any more.
        await book.SetAsync(shards["nas-1"], [], Cancel);
        Assert.Equal(["mada-2"], (await ReadAsync()).Now.Keys);
    }

    private Task SetAsync(params (Source Source, AlarmKind Kind)[] alarms) => new AlarmBook(_blobs).SetAsync(
        new PollMessage(0, 1), alarms.Select(alarm => (alarm.Source, State(alarm.Kind))), Cancel);

    private static SourceState State(AlarmKind kind) => SourceState.New with { Alarm = new SourceAlarm(kind, Since), Problem = "HTTP 500" };

    private async Task<Alarms> ReadAsync() => (await _blobs.ReadDocumentAsync<Alarms>(Alarms.DocumentPath, Cancel))!.Value;

    private async Task RunAsync(int times, string address = "desk@example.org", string language = "ar")
    {
        for (var i = 0; i < times; i++)
        {
            await Letters(address, language).RunAsync(Cancel);
            _time.Advance(TimeSpan.FromHours(7));
        }
    }

    private OperatorLetters Letters(string address, string language)
    {
        var options = Options.Create(new MailOptions { Sender = "smtp", From = "monitor@news.example.org", Operator = address, OperatorLanguage = language });
        return new OperatorLetters(
            _blobs, new OperatorDigest(_razor, options, _time), new MailSenders([_sender], options), _time, new Journal(NullLogger<Journal>.Instance), options);
    }
}
