using System.Xml;
using System.Xml.Linq;

namespace NewsMonitor.Feeds;

/// <summary>Tags to elements whose names are always valid and whose prefixes always mean something.</summary>
internal static class TolerantNames
{
    /// <param name="parent">Null for the root itself.</param>
    /// <param name="unprefixed">The namespace of names without a prefix around here.</param>
    public static XElement Build(TolerantTag tag, XElement? parent, XElement? root, XNamespace unprefixed, FeedProblems problems)
    {
        var (prefix, local) = Split(tag.Name);
        var declared = tag.Attributes.FirstOrDefault(a => a.Name == (prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}")).Value;
        var element = new XElement(Namespace(prefix, declared, parent, root, unprefixed, problems) + local);
        foreach (var (name, value) in tag.Attributes.Where(a => a.Name.StartsWith("xmlns:", StringComparison.Ordinal)))
        {
            var (_, bound) = Split(name);
            if (bound is not ("xml" or "xmlns") && IsNamespace(value))
                element.SetAttributeValue(XNamespace.Xmlns + bound, value);
        }

        foreach (var (name, value) in tag.Attributes.Where(a => a.Name != "xmlns" && !a.Name.StartsWith("xmlns:", StringComparison.Ordinal)))
        {
            var (attributePrefix, attribute) = Split(name);
            XName full = attributePrefix switch
            {
                "" => attribute,
                "xml" => XNamespace.Xml + attribute,
                _ => (element.GetNamespaceOfPrefix(attributePrefix) ?? Namespace(attributePrefix, null, parent, root, unprefixed, problems)) + attribute,
            };
            if (element.Attribute(full) is null)
                element.SetAttributeValue(full, XmlEntities.Decode(value, problems));
        }

        return element;
    }

    private static XNamespace Namespace(
        string prefix, string? declared, XElement? parent, XElement? root, XNamespace unprefixed, FeedProblems problems)
    {
        if (declared is not null && (prefix.Length == 0 ? declared.Length == 0 || IsNamespace(declared) : IsNamespace(declared)))
            return declared;

        if (prefix.Length == 0)
            return unprefixed;

        if (prefix == "xml")
            return XNamespace.Xml;

        if (parent?.GetNamespaceOfPrefix(prefix) is { } known)
            return known;

        problems.Add("a prefix that was not declared was given its usual namespace", prefix);
        if (FeedElements.UsualNamespace(prefix) is not { } usual)
            return $"urn:undeclared:{prefix.ToLowerInvariant()}";

        root?.SetAttributeValue(XNamespace.Xmlns + prefix, usual);
        return usual;
    }

    private static bool IsNamespace(string value) =>
        value.Length is > 0 and < 1_000 && value != XNamespace.Xml.NamespaceName && value != XNamespace.Xmlns.NamespaceName;

    private static (string Prefix, string Local) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var (prefix, local) = colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
        return (Valid(prefix), Valid(local) is { Length: > 0 } valid ? valid : "_");

        // Names were read character by character as XML allows them, but for further colons and what may not come first.
        static string Valid(string part)
        {
            part = part.Replace(':', '_');
            return part.Length > 0 && !XmlConvert.IsStartNCNameChar(part[0]) ? "_" + part : part;
        }
    }
}
