using System.Globalization;
using System.Text;

namespace NewsMonitor.Tests.Peers;

/// <summary>Feeds as Arabic outlets publish them, one of each format and habit: what <see cref="FeedMutator"/> starts from.</summary>
internal static class FeedSeeds
{
    private const string Namespaces =
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        + "xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"";

    private static readonly string[] Titles =
    [
        "بغداد وواشنطن تبحثان الحوار الاستراتيجي", "التحالف الدولي يعلن إعادة انتشار قواته", "وزير النفط: صادرات الشهر الماضي ارتفعت",
        "أمطار غزيرة في الموصل & أربيل", "«الحوار» يستأنف: ٣ ملفات على الطاولة", "البرلمان يصوّت على الموازنة",
    ];

    private static readonly string[] Dates =
    [
        "Mon, 23 Nov 2026 10:00:00 +0300", "Mon, 23 Nov 2026 07:00:00 GMT", "2026-11-23T10:00:00+03:00", "2026-11-23 10:00:00",
        "23 تشرين الثاني 2026 - 10:00 ص", "الإثنين ٢٣ نوفمبر ٢٠٢٦ ٠٢:٠٥ م", "23/11/2026 10:00", "Mon, 23 Nov 2026 10:00 AST", "١٣ جمادى الآخرة ١٤٤٨", "",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        Rss("<?xml version=\"1.0\" encoding=\"utf-8\"?>", "2.0", Namespaces, 12),
        Rss("<?xml version=\"1.0\" encoding=\"windows-1256\"?>", "2.0", "", 5),
        Rss("<!DOCTYPE rss [<!ENTITY a \"ا\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>", "0.91", Namespaces, 3),
        Rss("<br />\n<b>Warning</b>: mysql_connect()<br />\n", "2.0", "", 4),
        Rdf(6), Atom("http://www.w3.org/2005/Atom", "", 6), Atom("http://purl.org/atom/ns#", "a:", 4), JsonFeed(5),
        "<!DOCTYPE html><html><head><base href=\"/ar/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"أخبار\" href=\"feed.xml\"></head><body>نص</body></html>",
    ];

    private static string Rss(string prolog, string version, string namespaces, int items)
    {
        var feed = new StringBuilder($"{prolog}\n<rss version=\"{version}\" {namespaces}><channel><title>وكالة أنباء</title><link>https://news.example/</link>");
        feed.Append("<atom:link href=\"https://news.example/rss\" rel=\"self\"/><language>ar</language><ttl>15</ttl><skipHours><hour>3</hour></skipHours><skipDays><day>Friday</day></skipDays>");
        for (var i = 0; i < items; i++)
        {
            feed.Append(CultureInfo.InvariantCulture, $"""
                <item><title>{Titles[i % Titles.Length]}</title><link>https://news.example/{i}?a=1&b=2</link><guid isPermaLink="{i % 2 == 0}">{(i % 3 == 0 ? "/news/" : "n-")}{i}</guid>
                <pubDate>{Dates[i % Dates.Length]}</pubDate><dc:creator><![CDATA[كاتب {i}]]></dc:creator><category>سياسة</category>
                <description><![CDATA[<p>قال الناطق إن <b>القوات</b> ستعيد انتشارها&nbsp;<br/>خارج المدن.</p><script>x("</p>")</script>]]></description>
                <content:encoded>{(i % 4 == 3 ? "" : "&lt;p&gt;أولى&lt;/p&gt;&lt;p&gt;ثانية &amp;amp; ثالثة&lt;/p&gt;")}</content:encoded>
                <media:group><media:content url="https://news.example/{i}.jpg"><media:description>صورة</media:description></media:content></media:group>
                <enclosure url="https://news.example/{i}.mp3" length="1" type="audio/mpeg"/></item>

                """);
        }

        return feed.Append("</channel></rss>\n<!-- cached -->").ToString();
    }

    private static string Rdf(int items)
    {
        var feed = new StringBuilder("<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" ");
        feed.Append(Namespaces).Append("><channel rdf:about=\"https://news.example/\"><title>أخبار</title><sy:updatePeriod>hourly</sy:updatePeriod><items><rdf:Seq/></items></channel>");
        for (var i = 0; i < items; i++)
            feed.Append(CultureInfo.InvariantCulture, $"<item rdf:about=\"https://news.example/{i}\"><title>{Titles[i % Titles.Length].Replace("&", "&amp;", StringComparison.Ordinal)}</title><link>https://news.example/{i}</link><dc:date>2026-11-2{i % 4}T10:00:00+03:00</dc:date><description>نص {i}</description></item>");

        return feed.Append("</rdf:RDF>").ToString();
    }

    private static string Atom(string space, string prefix, int entries)
    {
        var name = prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix.TrimEnd(':');
        var feed = new StringBuilder($"<{prefix}feed {name}=\"{space}\" xml:lang=\"ar\" xml:base=\"https://news.example/ar/\"><{prefix}title type=\"html\">أخبار &amp;amp; آراء</{prefix}title>");
        for (var i = 0; i < entries; i++)
        {
            feed.Append(CultureInfo.InvariantCulture, $"""
                <{prefix}entry xml:base="2026/"><{prefix}title type="html">{Titles[i % 3]} &lt;b&gt;عاجل&lt;/b&gt;</{prefix}title><{prefix}id>tag:news.example,2026:{i}</{prefix}id>
                <{prefix}link rel="self" href="self/{i}"/><{prefix}link href="{i}.html"/><{prefix}updated>2026-11-23T1{i}:00:00Z</{prefix}updated><{prefix}author><{prefix}name>كاتب</{prefix}name></{prefix}author>
                <{prefix}content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>أولى</p><p>ثانية <i>مائلة</i></p></div></{prefix}content></{prefix}entry>

                """);
        }

        return feed.Append($"</{prefix}feed>").ToString();
    }

    private static string JsonFeed(int items)
    {
        var feed = new StringBuilder("{\r\n  \"version\": \"https://jsonfeed.org/version/1.1\", /* x */ \"title\": \"أخبار\", \"language\": \"ar\",\r\n  \"items\": [");
        for (var i = 0; i < items; i++)
            feed.Append(CultureInfo.InvariantCulture, $$"""{{(i == 0 ? "" : ",")}}{"id": {{(i % 2 == 0 ? $"{i}" : $"\"{i}\"")}}, "url": "/{{i}}", "title": "{{Titles[i % Titles.Length]}}", "content_html": "<p>نص \u0627\u0644 \"اقتباس\"</p>", "date_published": "2026-11-23T10:00:00+03:00", "authors": [{"name": "كاتب"}]}""");

        return feed.Append("],}\r\n").ToString();
    }
}
