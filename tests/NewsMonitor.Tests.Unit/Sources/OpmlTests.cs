using NewsMonitor.Sources;

namespace NewsMonitor.Tests.Unit.Sources;

public sealed class OpmlTests
{
    private const string Head = "<opml version=\"2.0\" xmlns:monitor=\"urn:newsmonitor:opml\"><head><title>t</title></head><body>";

    [Fact]
    public void A_list_is_read_with_language_country_category_and_state()
    {
        var list = Parse("""
            <outline text="العراق"><outline text="وكالات">
              <outline type="rss" text="السومرية" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" language="ar-IQ" category="/x,/y" monitor:country="iq" monitor:enabled="false"/>
            </outline></outline>
            <outline title="Only a title" xmlurl="feed://b.example/rss"/>
            """).Read();

        Assert.Empty(list.Problems);
        var first = list.Sources[0];
        Assert.Equal(
            ("السومرية", "https://a.example/rss", "ar-IQ", "IQ", "https://a.example/", "/العراق/وكالات,/x,/y", false),
            (first.Title, first.Address, first.Language, first.Country, first.SiteUrl, first.Category, first.Enabled));
        Assert.Equal(("Only a title", "http://b.example/rss", "ar", "", true), (list.Sources[1].Title, list.Sources[1].Address, list.Sources[1].Language, list.Sources[1].Country, list.Sources[1].Enabled));
    }

    [Fact]
    public void A_bad_outline_is_one_problem_and_the_others_stay()
    {
        var list = Parse("""

            <outline text="good" xmlUrl="https://a.example/rss"/>
            <outline text="no address" type="rss"/>
            <outline text="escape" xmlUrl="../secret.xml"/>
            <outline text="script" xmlUrl="javascript:alert(1)"/>
            <outline text="twice" xmlUrl="HTTP://A.EXAMPLE:80/rss#top"/>
            <outline text="country" xmlUrl="sample.xml" monitor:country="Irak" monitor:enabled="maybe"/>
            """).Read();

        Assert.Equal(["good", "country"], list.Sources.Select(s => s.Title));
        Assert.Equal((true, "", true), (list.Sources[1].IsFile, list.Sources[1].Country, list.Sources[1].Enabled));
        Assert.Equal(6, list.Problems.Count);
        Assert.StartsWith("list.opml, line 3: ", list.Problems[0], StringComparison.Ordinal);
        Assert.Contains("stands on line 2 already", list.Problems[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<opml version=\"2.0\">\n<body>\n<outline text=\"a & b\"/></body></opml>", "list.opml, line 3: ")]
    [InlineData("<opml><head/></opml>", "list.opml: the list has no <body>")]
    [InlineData("\n<rss version=\"2.0\"/>", "list.opml, line 2: an OPML list begins with <opml")]
    [InlineData("", "list.opml, line ")]
    public void An_unreadable_list_is_one_line_that_names_the_place(string content, string begins)
    {
        var e = Assert.Throws<MonitorException>(() => Opml.Parse(BinaryData.FromString(content), "list.opml"));
        Assert.StartsWith(begins, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_document_type_is_never_processed()
    {
        var bomb = "<!DOCTYPE opml [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
        Assert.Throws<MonitorException>(() => Opml.Parse(BinaryData.FromString($"{bomb}{Head}<outline text=\"&f;&b;\" xmlUrl=\"a.xml\"/></body></opml>"), "l"));
        Assert.Single(Opml.Parse(BinaryData.FromString($"{bomb}{Head}<outline text=\"x\" xmlUrl=\"a.xml\"/></body></opml>"), "l").Read().Sources);
    }

    [Fact]
    public void Rewriting_keeps_what_it_does_not_know()
    {
        const string content = Head + """

            <!-- a note -->
            <outline text="a" xmlUrl="https://a.example/rss" monitor:article="always" custom="kept" xmlns:fz="urn:other" fz:x="1" />
            <outline text="just a note" />
          </body></opml>

        """;
        const string declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
        var list = Opml.Parse(BinaryData.FromString(content), "l");
        Assert.Equal(declaration + content, list.Write().ToString());

        Assert.True(list.SetEnabled(list.Read().Sources[0].Id, false));
        Assert.Equal(
            declaration + content.Replace("fz:x=\"1\"", "fz:x=\"1\" monitor:enabled=\"false\"", StringComparison.Ordinal), list.Write().ToString());
    }

    [Fact]
    public void A_source_added_is_read_back_the_same_and_removed_again()
    {
        var list = Opml.Empty("mine");
        var source = new Source(
            SourceAddress.Id("https://a.example/ar?x=1&y=2"), "خبر \"و\" <تحليل>", "https://a.example/ar?x=1&y=2", "ar", "IQ", "https://a.example/", "/Iraq", false);
        source = source with { Article = ArticleMode.Never, MinimumMinutes = 3, MaximumMinutes = 1440, Note = "سبب" };
        Assert.True(list.Add(source));
        Assert.False(list.Add(source with { Address = "http://A.example/ar?x=1&y=2" }));

        var again = Opml.Parse(list.Write(), "l");
        Assert.Equal([source], again.Read().Sources);
        Assert.True(again.Remove(source.Id));
        Assert.False(again.Remove(source.Id));
        Assert.Empty(again.Read().Sources);
    }

    [Fact]
    public void An_import_adds_what_is_new_with_its_attributes()
    {
        var mine = Parse("<outline text=\"a\" xmlUrl=\"https://a.example/rss\"/>");
        var other = Parse("<outline text=\"أخبار\"><outline text=\"a2\" xmlUrl=\"https://a.example/rss\"/><outline text=\"b\" xmlUrl=\"https://b.example/rss\" scraper=\"x\" isComment=\"true\"/></outline>");

        Assert.Equal(["b"], mine.Import(other, []).Select(s => s.Title));
        var b = Opml.Parse(mine.Write(), "l").Read().Sources[1];
        Assert.Equal(("/أخبار", false), (b.Category, b.Enabled));
        Assert.Contains("scraper=\"x\"", mine.Write().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Article_and_minutes_are_read_and_wrong_values_are_told_and_not_used()
    {
        var list = Parse("""

            <outline text="a" xmlUrl="https://a.example/" monitor:article="ALWAYS" monitor:minimumMinutes="1" monitor:maximumMinutes="1440" monitor:note="x"/>
            <outline text="b" xmlUrl="https://b.example/" monitor:article="sometimes" monitor:minimumMinutes="0" monitor:maximumMinutes="1441"/>
            <outline text="c" xmlUrl="https://c.example/" monitor:minimumMinutes="60" monitor:maximumMinutes="30"/>
            <outline text="d" xmlUrl="https://d.example/" monitor:article="never" monitor:minimumMinutes="-5" monitor:maximumMinutes="30"/>
            """).Read();

        Assert.Equal(
            [(ArticleMode.Always, 1, 1440, "x"), (ArticleMode.Auto, null, null, null), (ArticleMode.Auto, null, null, null), (ArticleMode.Never, (int?)null, (int?)30, (string?)null)],
            list.Sources.Select(s => (s.Article, s.MinimumMinutes, s.MaximumMinutes, s.Note)));
        Assert.Equal([3, 3, 3, 4, 5], list.Problems.Select(p => int.Parse(p["list.opml, line ".Length..p.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Disabling_notes_why_and_enabling_forgets_it()
    {
        var list = Parse("<outline text=\"off\" isComment=\"true\"><outline text=\"a\" xmlUrl=\"https://a.example/\"/></outline><outline text=\"b\" xmlUrl=\"https://b.example/\"/>");
        var (a, b) = (list.Read().Sources[0].Id, list.Read().Sources[1].Id);

        Assert.True(list.SetEnabled(b, false, "gone (HTTP 410) since\n2026-11-24"));
        Assert.Equal((false, "gone (HTTP 410) since 2026-11-24"), (list.Read().Sources[1].Enabled, list.Read().Sources[1].Note));
        Assert.True(list.SetEnabled(b, false));
        Assert.Null(list.Read().Sources[1].Note);

        Assert.True(list.SetEnabled(b, false, "again"));
        Assert.True(list.SetEnabled(b, true, "no matter"));
        Assert.Equal((true, null), (list.Read().Sources[1].Enabled, list.Read().Sources[1].Note));

        // Also where the folder around it is commented out.
        Assert.False(list.Read().Sources[0].Enabled);
        Assert.True(list.SetEnabled(a, true));
        Assert.True(list.Read().Sources[0].Enabled);
    }

    [Fact]
    public void A_feed_in_two_folders_is_one_source_of_two_categories_and_removed_from_both()
    {
        var list = Parse("""
            <outline text="العراق"><outline text="a" xmlUrl="http://a.example/rss" category="/x"/></outline>
            <outline text="أمن"><outline text="a" xmlUrl="https://A.example/rss" category="/x,/y"/></outline>
            """);

        var source = Assert.Single(list.Read().Sources);
        Assert.Empty(list.Read().Problems);
        Assert.Equal("/العراق,/x,/أمن,/y", source.Category);

        Assert.True(list.Remove(source.Id));
        Assert.Empty(list.Read().Sources);
    }

    [Fact]
    public void Deep_nesting_is_a_problem_not_a_crash()
    {
        var deep = string.Concat(Enumerable.Repeat("<outline text=\"a\">", 20_000)) + string.Concat(Enumerable.Repeat("</outline>", 20_000));
        Assert.Single(Parse(deep).Read().Problems);
    }

    [Fact]
    public void The_shipped_list_is_whole()
    {
        var list = Opml.Parse(Shipped.Read("sources.opml"), "sources.opml").Read();
        Assert.Empty(list.Problems);
        Assert.True(list.Sources.Count(s => !s.IsFile && s.Country.Length == 2 && s.Language == "ar") >= 25);
        Assert.Equal("sample-feed.xml", Assert.Single(list.Sources, s => s.IsFile).Address);
        Assert.True(list.Sources.Count(s => s.Country == "IQ") >= 15);
        Assert.All(list.Sources, s => Assert.True(s.Enabled && s.Category.Length > 0));
    }

    [Theory]
    [InlineData("https://www.aljazeera.net/rss", "aljazeera.net-")]
    [InlineData("https://موقع.example/rss", "xn--4gbrim.example-")]
    [InlineData("http://[2001:db8::1]:8080/rss", "2001-db8--1-")]
    [InlineData("sample-feed.xml", "sample-feed.xml-")]
    public void An_id_is_readable_and_fit_for_a_path(string address, string begins)
    {
        var id = SourceAddress.Id(address);
        Assert.StartsWith(begins, id, StringComparison.Ordinal);
        Assert.Equal(begins.Length + 8, id.Length);
        Assert.True(NewsMonitor.Storage.BlobPath.IsValid($"state/{id}"));
    }

    [Theory]
    [InlineData("a/b.xml")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData(".hidden")]
    [InlineData("a\\b.xml")]
    [InlineData("c:x.xml")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://a.example/x")]
    [InlineData("https://")]
    [InlineData("")]
    public void What_is_neither_web_nor_plain_file_is_refused(string address) => Assert.Null(SourceAddress.Normalize(address));

    private static Opml Parse(string outlines) => Opml.Parse(BinaryData.FromString($"{Head}{outlines}</body></opml>"), "list.opml");
}
