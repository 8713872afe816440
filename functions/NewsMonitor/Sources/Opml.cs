using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>
/// A list of sources as an OPML 2.0 document (opml.org/spec2.opml). The document stays what its owner wrote: outlines, attributes and
/// comments that mean nothing here are kept when it is changed and written again.
/// </summary>
/// <remarks>
/// Our own settings are attributes in <see cref="Settings"/>: <c>country</c> (ISO 3166-1 alpha-2) and <c>enabled</c> (true or false).
/// <c>language</c> and <c>category</c> are OPML's own; an outline without an address groups those inside it, as a category.
/// </remarks>
public sealed class Opml
{
    /// <summary>Namespace of our attributes, usually with the prefix <c>monitor</c>.</summary>
    public static readonly XNamespace Settings = "urn:newsmonitor:opml";

    private const int MaximumDepth = 32;
    private const long MaximumCharacters = 20_000_000;

    private readonly XDocument document;
    private readonly string name;

    private Opml(XDocument document, string name)
    {
        this.document = document;
        this.name = name;
    }

    private XElement Body => document.Root!.Element("body")!;

    /// <summary>An empty list.</summary>
    public static Opml Empty(string title) =>
        new(
            new XDocument(
                new XDeclaration("1.0", "utf-8", null),
                new XElement(
                    "opml",
                    new XAttribute("version", "2.0"),
                    new XAttribute(XNamespace.Xmlns + "monitor", Settings.NamespaceName),
                    new XElement("head", new XElement("title", title)),
                    new XElement("body"))),
            title);

    /// <summary>Reads a document; a <see cref="MonitorException"/> says where it cannot be read and what to do.</summary>
    /// <param name="name">The file, as people know it: messages begin with it.</param>
    public static Opml Parse(BinaryData content, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var settings = new XmlReaderSettings
        {
            // A document type is skipped, never processed: no entity of it is ever expanded.
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumCharacters,
        };
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(content.ToStream(), settings);
            document = XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new MonitorException(
                $"{name}, line {e.LineNumber}: this is not well-formed XML ({Reason(e)}). Mend that line, or restore the file from a copy.", e);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            throw new MonitorException($"{name}: its encoding cannot be read ({e.Message}). Save it as UTF-8.", e);
        }

        if (document.Root is not { Name.LocalName: "opml" } root)
        {
            throw new MonitorException(
                $"{name}, line {Line(document.Root)}: an OPML list begins with <opml version=\"2.0\">, this begins with <{document.Root?.Name.LocalName}>.");
        }

        return root.Element("body") is null
            ? throw new MonitorException($"{name}: the list has no <body>. Put the <outline> elements in <opml><body>…</body></opml>.")
            : new Opml(document, name);
    }

    /// <summary>All sources, in document order, enabled or not.</summary>
    public SourceList Read()
    {
        var problems = new List<string>();
        return new SourceList([.. Entries(problems).Select(e => e.Source)], problems);
    }

    /// <summary>False when the list has the address already.</summary>
    public bool Add(Source source)
    {
        var outline = new XElement(
            "outline", new XAttribute("type", "rss"), new XAttribute("text", source.Title), new XAttribute("xmlUrl", source.Address));
        AddOptional(outline, "htmlUrl", source.SiteUrl);
        AddOptional(outline, "language", source.Language);
        AddOptional(outline, "category", source.Category);
        AddOptional(outline, Settings + "country", source.Country);
        if (!source.Enabled)
            outline.SetAttributeValue(Settings + "enabled", "false");

        return Append(source, outline);
    }

    /// <summary>Adds what another list has and this one lacks, with all its attributes; returns what was added.</summary>
    public IReadOnlyList<Source> Import(Opml other, ICollection<string> problems)
    {
        var added = new List<Source>();
        foreach (var (source, element) in other.Entries(problems))
        {
            var outline = new XElement("outline", element.Attributes());
            AddOptional(outline, "category", source.Category);
            outline.SetAttributeValue(Settings + "enabled", source.Enabled ? null : "false");
            outline.SetAttributeValue("isComment", null);
            if (Append(source, outline))
                added.Add(source);
        }

        return added;
    }

    /// <summary>Removes a source by id; what is nested in its outline moves up. False when there is none.</summary>
    public bool Remove(string id)
    {
        if (Find(id) is not { } outline)
            return false;

        if (outline.PreviousNode is XText { Value: var before } space && string.IsNullOrWhiteSpace(before))
            space.Remove();

        outline.AddAfterSelf(outline.Elements());
        outline.Remove();
        return true;
    }

    /// <summary>False when there is no such source.</summary>
    public bool SetEnabled(string id, bool enabled)
    {
        if (Find(id) is not { } outline)
            return false;

        DeclareSettings();
        outline.SetAttributeValue(Settings + "enabled", enabled ? null : "false");
        if (enabled)
            outline.SetAttributeValue("isComment", null);

        return true;
    }

    /// <summary>UTF-8 without a byte order mark.</summary>
    public BinaryData Write()
    {
        if (document.Declaration is { } declaration)
            declaration.Encoding = "utf-8";

        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(bytes, settings))
            document.Save(writer);

        if (document.LastNode is XElement)
            bytes.Write("\n"u8);

        return BinaryData.FromBytes(bytes.ToArray());
    }

    private XElement? Find(string id) =>
        Entries([]).FirstOrDefault(e => string.Equals(e.Source.Id, id, StringComparison.OrdinalIgnoreCase)).Outline;

    private bool Append(Source source, XElement outline)
    {
        var address = SourceAddress.Canonical(source.Address);
        if (Entries([]).Any(e => SourceAddress.Canonical(e.Source.Address) == address))
            return false;

        DeclareSettings();
        if (Body.LastNode is XText { Value: var end } space && string.IsNullOrWhiteSpace(end))
            space.Remove();

        Body.Add(new XText("\n    "), outline, new XText("\n  "));
        return true;
    }

    private List<(Source Source, XElement Outline)> Entries(ICollection<string> problems)
    {
        var entries = new List<(Source, XElement)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Walk(Body, "", disabled: false, depth: 0);
        return entries;

        void Walk(XElement parent, string path, bool disabled, int depth)
        {
            foreach (var outline in parent.Elements("outline"))
            {
                // OPML: a commented outline is not to be used, nor are those inside it.
                var off = disabled || string.Equals(Value(outline, "isComment"), "true", StringComparison.OrdinalIgnoreCase);
                var address = Value(outline, "xmlUrl");
                var inside = path;
                if (address.Length > 0)
                {
                    Take(outline, address, path, off);
                }
                else if (outline.HasElements)
                {
                    inside = $"{path}/{Title(outline).Replace('/', '-').Replace(',', ' ')}";
                }
                else if (Value(outline, "type") is "rss" or "atom" || Value(outline, "htmlUrl").Length > 0)
                {
                    Complain(outline, $"the outline '{SafeText.Line(Title(outline), 60)}' has no xmlUrl; give it the feed's address");
                }

                if (depth < MaximumDepth)
                {
                    Walk(outline, inside, off, depth + 1);
                }
                else if (outline.HasElements)
                {
                    Complain(outline, $"outlines are nested more than {MaximumDepth} deep; those further in are not read");
                }
            }
        }

        void Take(XElement outline, string written, string path, bool off)
        {
            if (SourceAddress.Normalize(written) is not { } address)
            {
                Complain(outline, $"'{SafeText.Line(written, 100)}' is not an address to poll; write {SourceAddress.Accepted}");
                return;
            }

            if (!seen.TryAdd(SourceAddress.Canonical(address), Line(outline)))
            {
                Complain(
                    outline,
                    $"{SourceAddress.Shown(address)} stands on line {seen[SourceAddress.Canonical(address)]} already; this second outline is not used");
                return;
            }

            var country = Value(outline, Settings + "country").ToUpperInvariant();
            if (country.Length > 0 && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            {
                Complain(outline, $"the country '{SafeText.Line(country, 20)}' is not a two-letter code of ISO 3166-1 (such as IQ); dates are read as UTC");
                country = "";
            }

            var enabled = Value(outline, Settings + "enabled");
            if (enabled.ToUpperInvariant() is not ("" or "TRUE" or "FALSE"))
                Complain(outline, $"enabled is '{SafeText.Line(enabled, 20)}' and may be true or false; taken as true");

            var stated = Value(outline, "category");
            var language = Value(outline, "language");
            var site = Value(outline, "htmlUrl");
            var title = Title(outline);
            entries.Add((
                new Source(
                    SourceAddress.Id(address),
                    title.Length > 0 ? title : SourceAddress.Id(address),
                    address,
                    language.Length > 0 ? language : "ar",
                    country,
                    site.Length > 0 ? site : null,
                    string.Join(',', new[] { path, stated }.Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)),
                    !off && !string.Equals(enabled, "false", StringComparison.OrdinalIgnoreCase)),
                outline));
        }

        void Complain(XElement outline, string what) =>
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, line {Line(outline)}: {what}."));
    }

    private void DeclareSettings()
    {
        if (document.Root!.GetPrefixOfNamespace(Settings) is null && document.Root.GetNamespaceOfPrefix("monitor") is null)
            document.Root.SetAttributeValue(XNamespace.Xmlns + "monitor", Settings.NamespaceName);
    }

    private static void AddOptional(XElement outline, XName attribute, string? value) =>
        outline.SetAttributeValue(attribute, string.IsNullOrEmpty(value) ? null : value);

    private static string Title(XElement outline) =>
        Value(outline, "text") is { Length: > 0 } text ? text : Value(outline, "title");

    /// <summary>Readers disagree on the case of attribute names (xmlUrl, xmlurl).</summary>
    private static string Value(XElement outline, XName attribute) =>
        (outline.Attribute(attribute)
            ?? outline.Attributes().FirstOrDefault(a =>
                a.Name.Namespace == attribute.Namespace && string.Equals(a.Name.LocalName, attribute.LocalName, StringComparison.OrdinalIgnoreCase)))
        ?.Value.Trim() ?? "";

    private static int Line(XElement? element) => element is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 0;

    private static string Reason(XmlException e)
    {
        var position = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return SafeText.Line(position > 0 ? e.Message[..position] : e.Message).TrimEnd('.');
    }
}
