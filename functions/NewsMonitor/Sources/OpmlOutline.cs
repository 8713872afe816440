using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>One outline of a list: its attributes as a source's settings, and back.</summary>
internal static class OpmlOutline
{
    private const int MostNote = 300;

    private static readonly XNamespace Miniflux = "https://miniflux.app/opml";

    public static string Title(XElement outline)
    {
        var title = Value(outline, "text") is { Length: > 0 } text ? text : Value(outline, "title");

        // Readers that keep titles as HTML export "A &amp;amp; B", some once more at each export.
        for (var round = 0; round < 3 && title.Contains('&', StringComparison.Ordinal); round++)
            title = WebUtility.HtmlDecode(title);

        return title.Trim();
    }

    /// <summary>Readers disagree on the case of attribute names (xmlUrl, xmlurl).</summary>
    public static string Value(XElement outline, XName attribute) =>
        (outline.Attribute(attribute)
            ?? outline.Attributes().FirstOrDefault(a =>
                a.Name.Namespace == attribute.Namespace && string.Equals(a.Name.LocalName, attribute.LocalName, StringComparison.OrdinalIgnoreCase)))
        ?.Value.Trim() ?? "";

    public static int Line(XElement? element) => element is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 0;

    private static bool IsCommented(XElement outline) => string.Equals(Value(outline, "isComment"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The source that an outline states.</summary>
    /// <param name="address">Its address, as it is polled.</param>
    /// <param name="path">The categories that it stands in.</param>
    /// <param name="complain">Takes what is wrong with a setting, which then does not count.</param>
    public static Source Read(XElement outline, string address, string path, Action<string> complain)
    {
        var country = Value(outline, Opml.Settings + "country").ToUpperInvariant();
        if (country.Length > 0 && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
        {
            complain($"the country '{SafeText.Line(country, 20)}' is not a two-letter code of ISO 3166-1 (such as IQ); dates are read as UTC");
            country = "";
        }

        var enabled = Value(outline, Opml.Settings + "enabled");
        if (enabled.ToUpperInvariant() is not ("" or "TRUE" or "FALSE"))
            complain($"enabled is '{SafeText.Line(enabled, 20)}' and may be true or false; taken as true");

        var (minimum, maximum) = Minutes(outline, complain);
        var language = Value(outline, "language");
        var site = Value(outline, "htmlUrl");
        var title = Title(outline);
        return new Source(
            SourceAddress.Id(address),
            title.Length > 0 ? title : SourceAddress.Id(address),
            address,
            language.Length > 0 && language != "unknown" ? language : "ar",
            country,
            site.Length > 0 ? site : null,
            Join(path, Value(outline, "category")),
            enabled.ToUpperInvariant() switch { "FALSE" => false, "TRUE" => true, _ => !IsOffOtherwise(outline) })
        {
            Article = Article(outline, complain),
            Keep = Choice(outline, "keep", TextKept.Text, "text or excerpt", complain),
            MinimumMinutes = minimum,
            MaximumMinutes = maximum,
            Note = Value(outline, Opml.Settings + "note") is { Length: > 0 } note ? note : null,
        };
    }

    /// <summary>A new outline that <see cref="Read"/> reads as the source.</summary>
    public static XElement Write(Source source, XNamespace opml)
    {
        var outline = new XElement(
            opml + "outline", new XAttribute("type", "rss"), new XAttribute("text", source.Title), new XAttribute("xmlUrl", source.Address));
        Set(outline, "htmlUrl", source.SiteUrl);
        Set(outline, "language", source.Language);
        Set(outline, "category", source.Category);
        Set(outline, Opml.Settings + "country", source.Country);
        Set(outline, Opml.Settings + "article", source.Article is ArticleMode.Auto ? null : source.Article.Key());
        Set(outline, Opml.Settings + "keep", source.Keep is TextKept.Text ? null : source.Keep.Key());
        Set(outline, Opml.Settings + "minimumMinutes", source.MinimumMinutes?.ToString(CultureInfo.InvariantCulture));
        Set(outline, Opml.Settings + "maximumMinutes", source.MaximumMinutes?.ToString(CultureInfo.InvariantCulture));
        Set(outline, Opml.Settings + "enabled", source.Enabled ? null : "false");
        Set(outline, Opml.Settings + "note", source.Note);
        return outline;
    }

    public static void SetEnabled(XElement outline, bool enabled, string? note)
    {
        if (enabled)
            outline.SetAttributeValue("isComment", null);

        Set(outline, Opml.Settings + "enabled", !enabled ? "false" : IsOffOtherwise(outline) ? "true" : null);
        Set(outline, Opml.Settings + "note", enabled ? null : SafeText.Line(note, MostNote));
    }

    /// <summary>True when something else than our own attribute disables it. OPML: what is inside a commented outline is commented too.</summary>
    public static bool IsOffOtherwise(XElement outline) =>
        Value(outline, Miniflux + "disabled") is "true" or "1" || outline.AncestorsAndSelf().Any(IsCommented);

    /// <summary>Writes an attribute, or removes it when there is nothing to write.</summary>
    public static void Set(XElement outline, XName attribute, string? value) =>
        outline.SetAttributeValue(attribute, string.IsNullOrEmpty(value) ? null : value);

    /// <summary>Categories as OPML lists them, each once.</summary>
    public static string Join(params IEnumerable<string> categories) =>
        string.Join(',', categories.SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.Ordinal));

    private static ArticleMode Article(XElement outline, Action<string> complain)
    {
        var chosen = Choice(outline, "article", ArticleMode.Auto, "auto, always or never", complain);

        // What other readers call it when they fetch the whole article.
        return Value(outline, Opml.Settings + "article").Length == 0
            && (Value(outline, Miniflux + "crawler") is "true" or "1" || Value(outline, OpmlEntries.FreshRss + "cssFullContent").Length > 0)
            ? ArticleMode.Always : chosen;
    }

    /// <param name="accepted">For people: what may be written.</param>
    private static T Choice<T>(XElement outline, string attribute, T usual, string accepted, Action<string> complain)
        where T : struct, Enum
    {
        var written = Value(outline, Opml.Settings + attribute);
        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(written, choice.Key(), StringComparison.OrdinalIgnoreCase))
                return choice;
        }

        if (written.Length > 0)
            complain($"{attribute} is '{SafeText.Line(written, 20)}' and may be {accepted}; taken as {usual.Key()}");
        return usual;
    }

    private static (int? Minimum, int? Maximum) Minutes(XElement outline, Action<string> complain)
    {
        var minimum = Minutes(outline, "minimumMinutes", complain);
        var maximum = Minutes(outline, "maximumMinutes", complain);
        if (!(minimum > maximum))
            return (minimum, maximum);

        complain($"minimumMinutes is {minimum} and maximumMinutes {maximum}: the first may not be above the second; neither is used");
        return (null, null);
    }

    private static int? Minutes(XElement outline, string attribute, Action<string> complain)
    {
        var written = Value(outline, Opml.Settings + attribute);
        if (written.Length == 0)
            return null;

        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes is >= Source.LeastMinutes and <= Source.MostMinutes)
            return minutes;

        complain($"{attribute} is '{SafeText.Line(written, 20)}' and may be whole minutes from {Source.LeastMinutes} to {Source.MostMinutes}; not used");
        return null;
    }
}
