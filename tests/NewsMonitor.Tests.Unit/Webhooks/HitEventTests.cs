using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using NewsMonitor.Articles;
using NewsMonitor.Hits;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Unit.Hits;
using NewsMonitor.Topics;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Webhooks;

public sealed class HitEventTests
{
    private static readonly Uri Source = new("urn:newsmonitor");

    private static Hit Hit => new(
        NewsMonitor.Hits.Hit.CurrentSchema, "00112233445566778899aabbccddeeff", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), "0f1e",
        [
            new TopicMatch("strategic-dialogue", Strength.Confirmed, 3.5,
                [new Mention("by-name", "title", 10, 27, "الحوار الستراتيجي", "بدء جولة من الحوار الستراتيجي")]),
            new TopicMatch("redeployment", Strength.Possible, 1,
                [new Mention("movement", "text", 0, 9, "سحب القوات", "سحب القوات \"قريباً\" <b>&</b>", Strength.Possible, 1,
                    [new Reason("match", "leaving", "سحب"), new Reason("article", "iraq", "العراق")])]),
        ],
        new Article(
            "00112233445566778899aabbccddeeff", "https://nas.example/1?a=1&b=2", "بدء جولة من الحوار الستراتيجي", "النص لا يُرسَل", "الكاتب",
            new DateTimeOffset(2026, 3, 4, 8, 0, 0, TimeSpan.FromHours(3)), new DateTimeOffset(2026, 3, 4, 5, 6, 0, TimeSpan.Zero), "nas", "ناس نيوز", "ar", "ab12"));

    [Fact]
    public async Task It_reads_back_as_a_valid_cloud_event()
    {
        var json = HitEvent.ToJson(Hit, Source);
        var read = await new JsonEventFormatter().DecodeStructuredModeMessageAsync(
            new MemoryStream(json.ToArray()), new ContentType("application/cloudevents+json; charset=utf-8"), null);
        Assert.True(read.IsValid);
        Assert.Equal(CloudEventsSpecVersion.V1_0, read.SpecVersion);
        Assert.Equal((HitEvent.IdOf(Hit), HitEvent.Type, Source, Hit.Id, Hit.Found), (read.Id, read.Type, read.Source, read.Subject, read.Time!.Value));
        Assert.Equal("application/json", read.DataContentType);
        var data = Assert.IsType<JsonElement>(read.Data);
        Assert.Equal("الحوار الستراتيجي", data.GetProperty("topics")[0].GetProperty("mentions")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_repeat_has_the_same_bytes_also_from_the_hit_as_stored()
    {
        var first = HitEvent.ToJson(Hit, Source).ToArray();
        Assert.Equal(first, HitEvent.ToJson(Hit, Source).ToArray());
        var stored = JsonSerializer.Deserialize<Hit>(Documents.ToBlob(Hit), Documents.Readable)!;
        Assert.Equal(first, HitEvent.ToJson(stored, Source).ToArray());
    }

    /// <summary>The shape is a promise to other people's programs: fields may be added to the file, never taken out of it.</summary>
    [Fact]
    public void The_shape_is_the_one_that_was_promised()
    {
        var promised = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Webhooks", "hit-event.json"))).RootElement;
        var made = JsonDocument.Parse(HitEvent.ToJson(Hit, Source)).RootElement;
        Assert.Equal(Flat(promised), Flat(made));
    }

    [Fact]
    public void What_an_article_lacks_is_null_and_not_left_out()
    {
        var bare = Hit with { Article = Hit.Article with { Url = null, Published = null } };
        var data = JsonDocument.Parse(HitEvent.ToJson(bare, Source)).RootElement.GetProperty("data");
        Assert.Equal(JsonValueKind.Null, data.GetProperty("url").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("published").ValueKind);
    }

    [Fact]
    public void Arabic_travels_unescaped_and_the_articles_text_not_at_all()
    {
        var json = Encoding.UTF8.GetString(HitEvent.ToJson(SampleHits.Hit("a"), Source).Span);
        Assert.Contains("الحوار الستراتيجي", json, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleHits.Opening, json, StringComparison.Ordinal);
    }

    private static List<string> Flat(JsonElement element, string path = "$") => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal)
            .SelectMany(field => Flat(field.Value, $"{path}.{field.Name}"))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany((item, index) => Flat(item, $"{path}[{index}]"))],
        _ => [$"{path} = {element.GetRawText()}"],
    };
}
