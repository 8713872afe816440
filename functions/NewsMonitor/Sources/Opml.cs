using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NewsMonitor.Sources;

/// <summary>
/// A list of sources as an OPML 2.0 document (opml.org/spec2.opml). The document stays what its owner wrote: outlines, attributes and
/// comments that mean nothing here are kept when it is changed and written again.
/// </summary>
/// <remarks>
/// Our own settings are attributes in <see cref="Settings"/>: <c>country</c>, <c>article</c>, <c>minimumMinutes</c>, <c>maximumMinutes</c>,
/// <c>enabled</c> and <c>note</c>; docs/operations.md says what they hold. <c>language</c> and <c>category</c> are OPML's own; an outline
/// without an address groups those inside it, as a category, and a feed that stands in several is one source with as many categories.
/// </remarks>
public sealed class Opml
{
    /// <summary>Namespace of our attributes, usually with the prefix <c>monitor</c>.</summary>
    public static readonly XNamespace Settings = "urn:newsmonitor:opml";

    /// <summary>No list of feeds is bigger.</summary>
    public const int MaximumBytes = 20_000_000;

    private readonly XDocument document;
    private readonly string name;
    private readonly IReadOnlyList<string> mended;

    private Opml(XDocument document, string name, params IReadOnlyList<string> mended)
    {
        this.document = document;
        this.name = name;
        this.mended = mended;
    }

    private XElement Body => BodyOf(document.Root!)!;

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
    public static Opml Parse(BinaryData content, string name) => new(Load(OpmlText.Decode(content, name, guess: false).Text, name), name);

    /// <summary>The same for what another program exported: what can be mended is mended, and told as a problem.</summary>
    public static Opml ParseExport(BinaryData content, string name)
    {
        var (text, problem) = OpmlText.Decode(content, name, guess: true);
        List<string> mended = problem is null ? [] : [problem];
        try
        {
            return new Opml(Load(text, name), name, mended);
        }
        catch (MonitorException e) when (e.InnerException is XmlException fault)
        {
            var better = new Opml(Load(OpmlText.Mend(text), name), name, mended);
            mended.Add($"{name}, line {fault.LineNumber}: this is not well-formed XML ({Reason(fault)}); it was mended.");
            return better;
        }
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
        if (!Here().Add(SourceAddress.Canonical(source.Address)))
            return false;

        DeclareSettings();
        OpmlFolders.Append(Body, OpmlOutline.Write(source, Body.Name.Namespace));
        return true;
    }

    /// <summary>Adds what another list has and this one lacks, in its folders and with all its attributes; returns what was added.</summary>
    public IReadOnlyList<Source> Import(Opml other, ICollection<string> problems)
    {
        var here = Here();
        var added = other.Entries(problems).Where(entry => here.Add(SourceAddress.Canonical(entry.Source.Address))).ToList();
        if (added.Count == 0)
            return [];

        DeclareSettings();
        var folders = new OpmlFolders(Body);
        foreach (var entry in added)
            folders.Add(entry);

        DeclarePrefixes(other);
        return [.. added.Select(entry => entry.Source)];
    }

    /// <summary>Removes a source by id, wherever it stands; what is nested in its outline moves up. False when there is none.</summary>
    public bool Remove(string id)
    {
        if (Find(id) is not { } entry)
            return false;

        foreach (var outline in entry.Outlines)
        {
            if (outline.PreviousNode is XText { Value: var before } space && string.IsNullOrWhiteSpace(before))
                space.Remove();

            outline.AddAfterSelf(outline.Elements());
            outline.Remove();
        }

        return true;
    }

    /// <summary>False when there is no such source.</summary>
    /// <param name="note">Why it is disabled, for people; a note of before goes, and so does any when it is enabled.</param>
    public bool SetEnabled(string id, bool enabled, string? note = null)
    {
        if (Find(id) is not { } entry)
            return false;

        DeclareSettings();
        OpmlOutline.SetEnabled(entry.Outlines[0], enabled, note);
        return true;
    }

    /// <summary>UTF-8 without a byte order mark.</summary>
    public BinaryData Write()
    {
        if (document.Declaration is { } declaration)
            declaration.Encoding = "utf-8";

        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };
        using (var writer = XmlWriter.Create(bytes, settings))
            document.Save(writer);

        if (document.LastNode is XElement)
            bytes.Write("\n"u8);

        return BinaryData.FromBytes(bytes.ToArray());
    }

    private IReadOnlyList<OpmlEntry> Entries(ICollection<string> problems)
    {
        foreach (var problem in mended)
            problems.Add(problem);

        return OpmlEntries.Read(Body, name, problems);
    }

    private HashSet<string> Here() => Entries([]).Select(e => SourceAddress.Canonical(e.Source.Address)).ToHashSet(StringComparer.Ordinal);

    private OpmlEntry? Find(string id) =>
        Entries([]).FirstOrDefault(e => string.Equals(e.Source.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Foreign attributes keep the prefixes that people know them by.</summary>
    private void DeclarePrefixes(Opml other)
    {
        var used = Body.Descendants().Attributes().Select(a => a.Name.Namespace).ToHashSet();
        foreach (var prefix in other.document.Root!.Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.Xmlns))
        {
            if (used.Contains(prefix.Value) && document.Root!.GetPrefixOfNamespace(prefix.Value) is null && document.Root.Attribute(prefix.Name) is null)
                document.Root.SetAttributeValue(prefix.Name, prefix.Value);
        }
    }

    private void DeclareSettings()
    {
        if (document.Root!.GetPrefixOfNamespace(Settings) is null && document.Root.GetNamespaceOfPrefix("monitor") is null)
            document.Root.SetAttributeValue(XNamespace.Xmlns + "monitor", Settings.NamespaceName);
    }

    private static XDocument Load(string text, string name)
    {
        var settings = new XmlReaderSettings
        {
            // A document type is skipped, never processed: no entity of it is ever expanded.
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumBytes,
        };
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            document = XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new MonitorException(
                $"{name}, line {e.LineNumber}: this is not well-formed XML ({Reason(e)}). Mend that line, or restore the file from a copy.", e);
        }

        if (document.Root is not { Name.LocalName: "opml" } root)
        {
            throw new MonitorException(
                $"{name}, line {OpmlOutline.Line(document.Root)}: an OPML list begins with <opml version=\"2.0\">, this begins with <{document.Root?.Name.LocalName}>.");
        }

        return BodyOf(root) is null
            ? throw new MonitorException($"{name}: the list has no <body>. Put the <outline> elements in <opml><body>…</body></opml>.")
            : document;
    }

    /// <summary>Some writers give OPML a namespace, which it has not.</summary>
    private static XElement? BodyOf(XElement root) => root.Elements().FirstOrDefault(e => e.Name.LocalName == "body");

    private static string Reason(XmlException e)
    {
        var position = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return SafeText.Line(position > 0 ? e.Message[..position] : e.Message).TrimEnd('.');
    }
}
