using System.Text;
using Microsoft.AspNetCore.Http;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.EndToEnd;

/// <summary>
/// Two outlets on one server whose feeds grow: articles of their own, copies of one text under two addresses, one address in both, and
/// what no topic wants. Texts are words that nobody has ever written, so that nothing but copies is alike.
/// </summary>
internal sealed class ChangingFeeds : IAsyncDisposable
{
    private const string Letters = "بتجحخدرزسشصضطعغفقكلمنهي";

    private readonly Lock _lock = new();
    private readonly Random _random;
    private readonly StringBuilder[] _items = [new(), new()];
    private readonly List<IReadOnlyList<string>> _stories = [];
    private readonly int[] _asked = new int[2];
    private LocalSite _site = null!;
    private int _number;

    private ChangingFeeds(Random random) => _random = random;

    /// <summary>The addresses of each text that a topic wants.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Stories
    {
        get
        {
            lock (_lock)
                return [.. _stories];
        }
    }

    public string Opml => $"""
        <opml version="2.0" xmlns:monitor="urn:newsmonitor:opml"><head><title>two</title></head><body>
          <outline type="rss" text="First" xmlUrl="{_site.Address}/0" monitor:article="never" monitor:minimumMinutes="1" monitor:maximumMinutes="1" />
          <outline type="rss" text="Second" xmlUrl="{_site.Address}/1" monitor:article="never" monitor:minimumMinutes="1" monitor:maximumMinutes="1" />
        </body></opml>
        """;

    public static async Task<ChangingFeeds> StartAsync(Random random)
    {
        var feeds = new ChangingFeeds(random);
        feeds._site = await LocalSite.StartAsync(feeds.AnswerAsync);
        return feeds;
    }

    /// <summary>Some articles more.</summary>
    public void Publish()
    {
        lock (_lock)
        {
            var (own, copied, shared) = (Wanted(), Wanted(), Wanted());
            _stories.Add([Put(_number % 2, $"own/{_number}", own)]);
            _stories.Add([Put(0, $"first/{_number}", copied), Put(1, $"second/{_number}", copied with { Title = $"{copied.Title} - وكالة" })]);
            Put(0, $"shared/{_number}", shared);
            _stories.Add([Put(1, $"shared/{_number}", shared)]);
            Put(1, $"weather/{_number}", new Text($"الطقس غدا {Words(3)}", Words(40)));
            _number++;
        }
    }

    /// <summary>How often the feed was asked for that was asked for less often.</summary>
    public int Rounds => _asked.Min();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var feed = context.Request.Path == "/0" ? 0 : 1;
        string items;
        lock (_lock)
            items = _items[feed].ToString();
        await context.Response.WriteAsync($"<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>", context.RequestAborted);
        Interlocked.Increment(ref _asked[feed]);
    }

    /// <summary>Returns the article's address.</summary>
    private string Put(int feed, string path, Text text)
    {
        var address = $"https://news.example/{path}";
        _items[feed].Append($"<item><title>{text.Title}</title><link>{address}</link><description>{text.Body}</description></item>");
        return address;
    }

    private Text Wanted() => new($"{Words(3)} الحوار الاستراتيجي {Words(3)}", Words(40));

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ =>
        string.Concat(Enumerable.Range(0, _random.Next(4, 8)).Select(_ => Letters[_random.Next(Letters.Length)]))));

    private sealed record Text(string Title, string Body);
}
