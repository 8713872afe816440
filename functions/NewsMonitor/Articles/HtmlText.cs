using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace NewsMonitor.Articles;

/// <summary>
/// HTML, or what may be HTML, as plain text: a line a block, entities decoded, scripts and styles left out.
/// </summary>
public static partial class HtmlText
{
    /// <summary>Of the source, in UTF-16 units; what is beyond is not read.</summary>
    public const int MaximumHtml = 2_000_000;

    /// <summary>Of the result, in UTF-16 units.</summary>
    public const int MaximumText = 500_000;

    internal static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav",
        "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul", "video",
    };

    /// <summary>Blocks are separated by single newlines.</summary>
    public static string ToText(string? html)
    {
        if (string.IsNullOrWhiteSpace(html))
            return "";

        html = html.Length > MaximumHtml ? html[..MaximumHtml] : html;
        if (Markup().IsMatch(html))
            return Read(html);

        // No tags: plain text, whose own lines count. Many feeds escape twice, so that what unfolds may be HTML after all.
        var text = WebUtility.HtmlDecode(html);
        if (html.Contains('&', StringComparison.Ordinal) && KnownTag().IsMatch(text))
            return Read(text);

        var lines = new Lines();
        foreach (var line in text.EnumerateLines())
        {
            lines.Append(line);
            lines.Break();
        }

        return lines.Finish();
    }

    /// <summary>For titles and names.</summary>
    public static string ToLine(string? html) => ToText(html).Replace('\n', ' ');

    /// <summary>Controls, and the soft hyphen that would stand inside words.</summary>
    internal static bool IsInvisible(char c) => char.IsControl(c) || c is '\u00AD' or '\uFEFF';

    private static string Read(string html)
    {
        using var tokens = new VisibleTokens(html);
        var lines = new Lines();
        while (!lines.IsFull && tokens.Next() is { } token)
        {
            if (token.Type is HtmlTokenType.Character)
                lines.Append(token.Data);
            else if (Blocks.Contains(token.Name))
                lines.Break();
            else if (token.Type is HtmlTokenType.StartTag && token.Name is "td" or "th" or "img")
                lines.Append(" ");
        }

        return lines.Finish();
    }

    /// <summary>Text that grows by lines: runs of white space are one space, empty lines are none, controls are dropped.</summary>
    private sealed class Lines
    {
        private readonly StringBuilder text = new();
        private bool space;
        private bool newline;

        public bool IsFull => text.Length >= MaximumText;

        public void Append(ReadOnlySpan<char> part)
        {
            foreach (var c in part)
            {
                if (char.IsWhiteSpace(c))
                {
                    space = true;
                }
                else if (!IsInvisible(c))
                {
                    if (text.Length > 0 && (newline || space))
                        text.Append(newline ? '\n' : ' ');

                    newline = space = false;
                    text.Append(c);
                }
            }
        }

        public void Break() => newline = true;

        public string Finish()
        {
            var length = Math.Min(text.Length, MaximumText);
            return text.ToString(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
        }
    }

    [GeneratedRegex("<[a-zA-Z!/?]")]
    private static partial Regex Markup();

    [GeneratedRegex(@"</?(?:p|br|div|span|a|b|i|strong|em|img|ul|ol|li|h[1-6]|table|blockquote|figure)\b[^<>]{0,1000}>", RegexOptions.IgnoreCase)]
    private static partial Regex KnownTag();
}
