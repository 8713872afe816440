using System.Text.RegularExpressions;

namespace NewsMonitor.Feeds;

/// <summary>
/// Bytes to items: decoded, repaired where needed, read by CodeHollow.FeedReader where it is well-formed, item by item where it is not.
/// No input throws; what was wrong stands in <see cref="Feed.Problems"/>, and a document that is no feed has an empty
/// <see cref="Feed.Format"/>.
/// </summary>
public static partial class FeedParser
{
    private const int MaximumProlog = 50;

    /// <param name="charset">What HTTP said, where it did.</param>
    /// <param name="address">Where the bytes came from: relative links are resolved against it.</param>
    /// <param name="zone">In which dates are read that state no offset.</param>
    public static Feed Parse(ReadOnlyMemory<byte> bytes, string? charset, Uri? address, TimeZoneInfo zone, TimeProvider time)
    {
        var decoded = FeedText.Decode(bytes.Span, charset);
        var problems = new FeedProblems();
        foreach (var problem in decoded.Problems)
            problems.Add(problem);

        var reading = new FeedReading(address, zone, time.GetUtcNow(), problems);
        try
        {
            return Read(decoded.Text, reading) with { Encoding = decoded.Encoding };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A bug of ours must not be worse for the other sources than a broken document.
            problems.Add($"the document could not be read ({SafeText.Line(e.Message, 120)})");
            return reading.NoFeed() with { Encoding = decoded.Encoding };
        }
    }

    private static Feed Read(string decoded, FeedReading reading)
    {
        var text = XmlText.Clean(decoded, reading.Problems).TrimStart();
        if (text.Length == 0)
        {
            reading.Problems.Add("the document is empty");
            return reading.NoFeed();
        }

        if (text[0] is '{' or '[')
            return JsonFeed.Read(text, reading);

        var start = SkipProlog(text);
        if (start < text.Length && Html().IsMatch(text.AsSpan(start, Math.Min(200, text.Length - start))))
            return FeedPage.Describe(text, reading);

        var root = Root().Match(text, start);
        if (!root.Success)
        {
            var first = AnyTag().Match(text, start);
            if (first.Success && HtmlParts().IsMatch(text))
                return FeedPage.Describe(text, reading);

            reading.Problems.Add(
                first.Success ? $"this is not a feed: its root is <{SafeText.Line(first.Groups[1].Value, 40)}>"
                : "this is not a feed: it is neither XML nor JSON");
            return reading.NoFeed();
        }

        if (root.Index > start)
        {
            reading.Problems.Add("what stood before the feed was ignored", text[start..Math.Min(root.Index, start + 100)]);
            text = text[root.Index..];
            start = 0;
        }

        if (XmlText.IsSound(text, out var items))
            return XmlFeed.Read(text, items, reading);

        var mended = TolerantXml.Read(text, start, reading.Problems);
        return XmlFeed.Read(mended, reading);
    }

    /// <summary>Past the XML declaration, comments, processing instructions and the document type, to what should be the root.</summary>
    private static int SkipProlog(string text)
    {
        var at = 0;
        for (var part = 0; part < MaximumProlog; part++)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;

            var rest = text.AsSpan(at);
            int end;
            if (rest.StartsWith("<?", StringComparison.Ordinal))
            {
                end = text.IndexOf("?>", at, StringComparison.Ordinal);
                end = end < 0 ? -1 : end + 2;
            }
            else if (rest.StartsWith("<!--", StringComparison.Ordinal))
            {
                end = text.IndexOf("-->", at, StringComparison.Ordinal);
                end = end < 0 ? -1 : end + 3;
            }
            else if (rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
                end = FeedElements.SkipDeclaration(text, at);
            else
                return at;

            if (end < 0)
                return at;

            at = end;
        }

        return at;
    }

    [GeneratedRegex(@"^<(?:html|head|body)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Html();

    [GeneratedRegex(@"<(?:!DOCTYPE\s+html|html|body|head|title)[\s>]", RegexOptions.IgnoreCase)]
    private static partial Regex HtmlParts();

    [GeneratedRegex(@"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|feed|rdf|channel)(?=[\s/>])", RegexOptions.IgnoreCase)]
    private static partial Regex Root();

    [GeneratedRegex(@"<([A-Za-z_][\w.:-]{0,80})")]
    private static partial Regex AnyTag();
}
