using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Tests.Contract.Pages;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>How one source is polled over time, against a server of this machine.</summary>
public sealed class SourcePollTests : IAsyncLifetime
{
    private const string Body =
        "أعلنت الحكومة العراقية اليوم أن الجولة المقبلة من الحوار الاستراتيجي بين العراق والولايات المتحدة ستعقد في واشنطن الشهر المقبل، وستبحث مستقبل التحالف الدولي. ";

    private readonly List<Happening> _happenings = [];
    private readonly Dictionary<string, Func<HttpContext, Task>> _answers = [];
    private PageSite _site = null!;
    private LocalSite _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => $"{_server.Address}/feed";

    public async ValueTask InitializeAsync()
    {
        _site = await PageSite.StartAsync();
        _site.Services.GetRequiredService<Journal>().Written += _happenings.Add;
        _server = await LocalSite.StartAsync(context => _answers.TryGetValue(context.Request.Path, out var answer) ? answer(context) : Status(context, 404));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_source_that_is_not_due_is_not_asked_and_nothing_is_written_unless_somebody_wants_a_poll_now()
    {
        Publish(Item(1), Item(2));
        await _site.ListAsync(Address);
        var first = await _site.PollAsync();
        var written = (await _site.Blobs.ReadAsync(StatePath(), Cancel))!.ETag;
        _site.Time.Advance(TimeSpan.FromMinutes(4));
        await _site.PollAsync();
        Assert.Single(_server.Requests);
        Assert.Equal(written, (await _site.Blobs.ReadAsync(StatePath(), Cancel))!.ETag);

        await _site.PollAsync(now: true);
        Assert.Equal(2, _server.Requests.Count);
        _site.Time.SetUtcNow(first.Plan!.Next.AddHours(2));
        await _site.PollAsync();
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task Though_no_source_is_due_for_hours_the_monitor_shows_that_it_lives()
    {
        Publish(Item(1));
        await _site.ListAsync(Address, "monitor:minimumMinutes=\"600\" monitor:maximumMinutes=\"600\"");
        await _site.PollAsync();
        for (var minutes = 0; minutes < 60; minutes += 5)
        {
            _site.Time.Advance(TimeSpan.FromMinutes(5));
            await _site.PollAsync();
            Assert.True((await _site.Services.GetRequiredService<Health>().CheckAsync(Cancel)).IsHealthy);
        }

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task What_has_moved_for_good_is_asked_at_its_new_address_until_that_fails()
    {
        _answers["/feed"] = context => Redirect(context, 301, "/new");
        _answers["/new"] = context => context.Response.WriteAsync(Feed(Item(1)), Cancel);
        await _site.ListAsync(Address);
        Assert.Equal($"{_server.Address}/new", (await _site.PollAsync()).Moved);
        await _site.PollAsync(now: true);
        Assert.Equal(["/feed", "/new", "/new"], _server.Requests.Select(request => request.Path));

        _answers.Remove("/new");
        Publish(Item(1), Item(2));
        Assert.Null((await _site.PollAsync(now: true)).Moved);
        var state = await _site.PollAsync(now: true);
        Assert.Equal("/feed", _server.Requests.Last().Path);
        Assert.Null(state.FailingSince);
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_disabled_with_a_note_and_is_not_asked_again()
    {
        _answers["/feed"] = context => Status(context, 410);
        await _site.ListAsync(Address);
        await _site.PollAsync();
        var source = Assert.Single((await _site.Services.GetRequiredService<SourceCatalog>().ReadAsync(Cancel)).Sources);
        Assert.Equal((false, "gone (HTTP 410) since 2026-03-04; disabled by the monitor"), (source.Enabled, source.Note));
        Assert.Single(_happenings.OfType<SourceDisabled>());
        _site.Time.Advance(TimeSpan.FromDays(2));
        await _site.PollAsync();
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_source_that_fails_is_asked_less_often_and_at_once_as_usual_when_it_answers_again()
    {
        _answers["/feed"] = context => Status(context, 404);
        await _site.ListAsync(Address);
        var state = await _site.PollAsync();
        var since = state.FailingSince;
        for (var failures = 2; failures <= 6; failures++)
        {
            _site.Time.SetUtcNow(state.Plan!.Next);
            state = await _site.PollAsync();
            Assert.Equal((failures, since, since), (state.Failures, state.FailingSince, state.ProblemSince));
        }

        Assert.InRange(state.Plan!.Minutes, 120, 200);
        Publish(Item(1));
        _site.Time.SetUtcNow(state.Plan.Next);
        state = await _site.PollAsync();
        Assert.Equal((0, null, null, null), (state.Failures, state.FailingSince, state.Problem, state.ProblemSince));
        Assert.True(state.Plan!.Minutes <= 120);
    }

    [Fact]
    public async Task A_page_in_place_of_the_feed_makes_nothing_unchanged_and_the_feed_is_read_when_it_is_back()
    {
        _answers["/feed"] = context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            return context.Request.Headers.IfNoneMatch.Count > 0 ? Status(context, 304) : context.Response.WriteAsync("<html><body>صيانة</body></html>", Cancel);
        };
        await _site.ListAsync(Address);
        await _site.PollAsync();
        var state = await _site.PollAsync(now: true);
        Assert.Contains("web page, not a feed", state.Problem, StringComparison.Ordinal);
        Assert.Equal(2, state.Failures);
        Publish(Item(1));
        Assert.Equal(1, (await _site.PollAsync(now: true)).Items);
    }

    [Fact]
    public async Task A_source_that_fails_for_a_day_is_told_once_and_once_when_it_is_well_again()
    {
        Publish(Item(1));
        await _site.ListAsync(Address);
        await _site.PollAsync();
        _answers.Clear();
        await PollForAsync(TimeSpan.FromHours(20));
        Assert.Empty(_happenings.OfType<SourceAlarmed>());
        await PollForAsync(TimeSpan.FromDays(4));
        var alarm = Assert.Single(_happenings.OfType<SourceAlarmed>());
        Assert.Equal(AlarmKind.Failing, alarm.Alarm.Kind);
        Assert.Contains("has failed since", Assert.Single((await _site.Services.GetRequiredService<Health>().CheckAsync(Cancel)).Warnings, w => w.Contains("sources test", StringComparison.Ordinal)), StringComparison.Ordinal);

        Publish(Item(1), Item(2));
        await PollForAsync(TimeSpan.FromDays(2));
        Assert.Single(_happenings.OfType<SourceRecovered>());
        Assert.Single(_happenings.OfType<SourceAlarmed>());
    }

    [Fact]
    public async Task A_source_that_falls_silent_is_told_once_and_once_when_it_publishes_again()
    {
        Publish([.. Enumerable.Range(1, 20).Select(Item)]); // one an hour
        await _site.ListAsync(Address);
        await _site.PollAsync();
        await PollForAsync(TimeSpan.FromHours(20));
        Assert.Empty(_happenings.OfType<SourceAlarmed>());
        await PollForAsync(TimeSpan.FromDays(5));
        Assert.Equal(AlarmKind.Silent, Assert.Single(_happenings.OfType<SourceAlarmed>()).Alarm.Kind);

        Publish(Item(99), Item(1));
        await PollForAsync(TimeSpan.FromHours(4));
        Assert.Equal(AlarmKind.Silent, Assert.Single(_happenings.OfType<SourceRecovered>()).Over.Kind);
    }

    [Fact]
    public async Task A_headline_whose_page_has_the_mention_is_a_hit_with_the_pages_text()
    {
        Publish(Item(1, "بغداد تعلن موعدا جديدا"));
        ServePage(1);
        await _site.ListAsync(Address);
        await _site.PollAsync();
        var hit = Assert.Single(await HitsAsync());
        Assert.Equal(ArticleText.Page, hit.Article.TextFrom);
        Assert.Contains(Body.Trim(), hit.Article.Text, StringComparison.Ordinal);
        await _site.PollAsync(now: true);
        Assert.Single(_server.Requests, request => request.Path == "/news/1");
    }

    [Theory]
    [InlineData("never", false)]
    [InlineData("auto", true)]
    [InlineData("always", true)]
    public async Task The_source_says_whether_its_pages_are_read(string mode, bool isRead)
    {
        Publish(Item(1, "عنوان"));
        ServePage(1);
        await _site.ListAsync(Address, $"monitor:article=\"{mode}\"");
        await _site.PollAsync();
        Assert.Equal(isRead ? 1 : 0, (await HitsAsync()).Count);
    }

    [Fact]
    public async Task A_page_is_not_read_for_an_item_with_a_long_text_unless_always()
    {
        Publish(Item(1, "عنوان", string.Concat(Enumerable.Repeat("نص طويل لا يذكر شيئا. ", 60))));
        ServePage(1);
        await _site.ListAsync(Address);
        await _site.PollAsync();
        Assert.DoesNotContain(_server.Requests, request => request.Path == "/news/1");
    }

    [Fact]
    public async Task A_page_that_fails_is_tried_again_later_and_its_item_is_not_lost()
    {
        Publish(Item(1, "عنوان أول"), Item(2, "الحوار الاستراتيجي بين العراق والولايات المتحدة"));
        _answers["/news/1"] = context => Status(context, 403);
        _answers["/news/2"] = context => Status(context, 403);
        await _site.ListAsync(Address);
        var state = await _site.PollAsync();
        // The one that matched by its title is kept with what it has; the other waits for its page.
        Assert.Equal(ArticleText.Feed, Assert.Single(await HitsAsync()).Article.TextFrom);
        Assert.Equal(1, Assert.Single(state.Pending!).Tries);

        ServePage(1);
        _site.Time.Advance(TimeSpan.FromMinutes(11));
        state = await _site.PollAsync();
        Assert.Null(state.Pending);
        Assert.Equal(2, (await HitsAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_never_comes_is_given_up()
    {
        Publish(Item(1, "عنوان أول"));
        _answers["/news/1"] = context => Status(context, 403);
        await _site.ListAsync(Address);
        await _site.PollAsync();
        await PollForAsync(TimeSpan.FromDays(3));
        Assert.Null((await _site.PollAsync()).Pending);
        Assert.Equal(5, _server.Requests.Count(request => request.Path == "/news/1"));
    }

    [Fact]
    public async Task Of_many_pages_some_are_read_at_a_time_and_none_is_forgotten()
    {
        Publish([.. Enumerable.Range(1, 25).Select(i => Item(i, $"عنوان رقم {i}"))]);
        for (var i = 1; i <= 25; i++)
            ServePage(i);
        await _site.ListAsync(Address);
        Assert.Equal(15, (await _site.PollAsync()).Pending!.Count);
        Assert.Equal(10, (await HitsAsync()).Count);
        foreach (var left in (int[])[5, 0])
        {
            _site.Time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(left, (await _site.PollAsync()).Pending?.Count ?? 0);
        }

        Assert.Equal(25, (await HitsAsync()).Count);
        Assert.Equal(25, _server.Requests.Count(request => request.Path.StartsWith("/news/", StringComparison.Ordinal)));
    }

    private async Task PollForAsync(TimeSpan duration)
    {
        for (var end = _site.Time.GetUtcNow() + duration; _site.Time.GetUtcNow() < end; _site.Time.Advance(TimeSpan.FromMinutes(30)))
            await _site.PollAsync();
    }

    private void Publish(params string[] items) => _answers["/feed"] = context => context.Response.WriteAsync(Feed(items), Cancel);

    private void ServePage(int number) => _answers[$"/news/{number}"] = context => context.Response.WriteAsync(
        $"<!DOCTYPE html><html lang=\"ar\"><head><title>خبر</title></head><body><nav><a href=\"/\">الرئيسية</a></nav><article><h1>خبر</h1>{string.Concat(Enumerable.Repeat($"<p>{Body}</p>", 5))}</article></body></html>",
        Cancel);

    /// <summary>Published one hour before the other, the latest an hour ago, at the number's own minute.</summary>
    private string Item(int number) => Item(number, $"خبر رقم {number} عن الطقس", new string('ا', 700));

    private string Item(int number, string title, string text = "") =>
        $"<item><title>{title}</title><link>{_server.Address}/news/{number}</link><description>{text}</description><pubDate>{_site.Time.GetUtcNow().AddHours(-number).AddMinutes(1):R}</pubDate></item>";

    private static string Feed(params string[] items) => $"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(items)}</channel></rss>";

    private async Task<IReadOnlyList<Hit>> HitsAsync()
    {
        var store = _site.Services.GetRequiredService<HitStore>();
        var hits = new List<Hit>();
        await foreach (var id in store.ListIdsAsync(Cancel))
            hits.Add((await store.FindAsync(id, Cancel))!.Hit);
        return hits;
    }

    private string StatePath() => ShardState.PathOf(ShardPoll.ShardOf(SourceAddressOf(), 4), 4);

    private Source SourceAddressOf() => new(SourceAddress.Id(Address), "", Address, "ar", "", null, "", true);

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Redirect(HttpContext context, int status, string location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
