using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NewsMonitor.Articles;
using NewsMonitor.Feeds;
using NewsMonitor.Hits;
using NewsMonitor.Pipeline;
using NewsMonitor.Sources;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Pipeline;

/// <summary>A store in memory, archives in a folder, and topics before and after a change.</summary>
internal sealed class BackfillDesk : IDisposable
{
    public const string DialogueTitle = "جولة جديدة من الحوار الاستراتيجي تبدأ غدا";
    public const string TroopsTitle = "الإعلان عن انسحاب القوات قريبا من القاعدة";
    public const string BothTitle = "الحوار الاستراتيجي يبحث انسحاب القوات من القاعدة";

    public static readonly Source Outlet = new("first-0a1b2c3d", "First", "https://news.example/rss", "ar", "IQ", null, "", true);

    private const string Words = """
        language: 1
        words:
          dialogue: {noun: [حوار]}
          strategic: {adjective: [استراتيجي]}
          withdrawal: {noun: [انسحاب]}
          troops: {noun: [قوات]}
        topics:

        """;

    private const string DialogueTopic = """
          - id: dialogue
            title: {ar: الحوار, en: Dialogue}
            rules: [{id: by-name, phrase: [dialogue, strategic]}]

        """;

    private const string TroopsTopic = """
          - id: troops
            title: {ar: القوات, en: Troops}
            rules: [{id: withdrawal, all: [withdrawal, troops], within: 5}]

        """;

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private int _files;

    public static TopicRules Dialogue { get; } = Topics(DialogueTopic);

    public static TopicRules Troops { get; } = Topics(TroopsTopic);

    public static TopicRules Both { get; } = Topics(DialogueTopic + TroopsTopic);

    public static TopicRules DialogueUnsure { get; } = Topics(DialogueTopic.Replace("strategic]}", "strategic], strength: possible}", StringComparison.Ordinal));

    public static TopicRules DialogueRenamed { get; } = Topics(DialogueTopic.Replace("by-name", "by-another-name", StringComparison.Ordinal));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));

    public MemoryBlobs Blobs { get; } = new();

    public HitStore Hits => new(Blobs, Time);

    public StoryStore Stories => new HitDesk(Blobs, Time).Stories;

    public Backfill Backfill => new(Hits, Stories, Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Line(
        string slug, string title, string text = "خبر.", string? date = "2026-11-20T08:00:00Z", string? source = "First", string site = "https://news.example/") =>
        JsonSerializer.Serialize(new { id = slug, title, text, url = site + slug, source, date }, Documents.Compact);

    /// <summary>The article as the feed of the outlet carries it, found by a poll now.</summary>
    public static Article Polled(string slug, string title, DateTimeOffset now, string text = "خبر.") => ArticleReader.Read(
        Outlet, new FeedItem($"guid-{slug}", title, $"http://www.news.example/{slug}?utm_source=rss", now, null, null, text, ""), now, "ab12");

    public async Task<KeptHit> PollAsync(TopicRules topics, string slug, string title)
    {
        var article = Polled(slug, title, Time.GetUtcNow());
        var kept = await Hits.KeepAsync(
            new Hit(Hit.CurrentSchema, article.Id, Time.GetUtcNow(), topics.Version, topics.Match(article.Title, article.Text), article), Cancel);
        await Stories.JoinAsync(kept.Hit, Cancel);
        return kept;
    }

    public async Task<IReadOnlyList<Rematch>> OverHitsAsync(TopicRules topics, bool write, int days = 30)
    {
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        return await Backfill.OverHitsAsync(topics, today.AddDays(1 - days), today, write, Cancel).ToListAsync(Cancel);
    }

    public async Task<IReadOnlyList<Rematch>> OverArchiveAsync(TopicRules topics, bool write, params string[] lines) =>
        await Backfill.OverArchiveAsync(topics, Read(Archive(lines)), write, Cancel).ToListAsync(Cancel);

    public IAsyncEnumerable<ArchiveLine> Read(params string[] files) => new ArchiveReader([Outlet], Time).ReadAsync(files, Cancel);

    public string Archive(params string[] lines) => File(string.Join('\n', lines));

    public string File(string content, string extension = "ndjson") => _folder.Write($"archive{++_files}.{extension}", content);

    public string File(byte[] content, string extension)
    {
        var path = _folder[$"archive{++_files}.{extension}"];
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Every document with its tag: the same as long as nothing was written.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync()
    {
        var tags = new List<string>();
        foreach (var path in Blobs.Paths(""))
            tags.Add($"{path} {(await Blobs.ReadAsync(path, Cancel))!.ETag}");
        return tags;
    }

    public async Task<Hit> HitAsync(string path) => (await Hits.ReadLatestAsync(path, Cancel))!;

    public void Dispose() => _folder.Dispose();

    private static TopicRules Topics(string topics) => TopicRules.Parse(Words + topics, "topics.yaml");
}
