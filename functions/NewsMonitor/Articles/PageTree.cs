using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace NewsMonitor.Articles;

/// <summary>
/// A page's tokens as a small tree of blocks and lines, made in one pass and bounded whatever the page: what is nested too deep or is too
/// much keeps its text and loses its tags.
/// </summary>
internal sealed partial class PageTree
{
    /// <summary>Of real pages the deepest have 60; what reads trees recursively bears some thousands.</summary>
    private const int MaximumDepth = 100;

    /// <summary>Of blocks and lines; long real pages have 3,000.</summary>
    private const int MaximumNodes = 15_000;

    private const int MaximumHints = 300;

    /// <summary>So far up the open elements an end tag is believed to have its start.</summary>
    private const int MaximumSearch = 200;

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "basefont", "col", "embed", "frame", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
    };

    /// <summary>Blocks beyond those that break lines of text: what cleaning can take out whole.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "audio", "button", "canvas", "datalist", "dialog", "hgroup", "label", "map", "marquee", "menu", "select", "td", "th",
    };

    /// <summary>An end tag inside one does not end what is open around it.</summary>
    private static readonly HashSet<string> Scopes = new(StringComparer.Ordinal) { "td", "th", "table", "caption", "button", "select" };

    private readonly PageNode body = new("body", "");
    private readonly List<Open> open;
    private PageNode? line;
    private bool isNewLink;
    private int links;
    private int nodes;
    private int text;
    private int offScreen;

    private PageTree() => open = [new Open("body", body, false)];

    public static PageNode Read(string html, PageHead head)
    {
        var tree = new PageTree();
        using var tokens = new VisibleTokens(html) { OnHidden = head.ReadHidden };
        while (tokens.Next() is { } token)
        {
            if (token is HtmlTagToken tag)
            {
                head.Read(tag);
                if (tag.Type is HtmlTokenType.StartTag)
                    tree.Start(tag);
                else
                    tree.End(tag.Name);
            }
            else if (!head.ReadText(token.Data))
            {
                tree.Append(token.Data);
            }
        }

        tree.body.Measure();
        return tree.body;
    }

    private void Start(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (name is "br" or "hr")
        {
            line = null;
        }
        else if (name is "html" or "head" or "body" or "title")
        {
            // One of each, whatever the page says; a body's class tells of all that may be on the page, and so of nothing.
        }
        else if (name is "img")
        {
            Append(" ");
        }
        else if (Void.Contains(name) || tag.IsSelfClosing)
        {
            line = IsBlock(name) ? null : line;
        }
        else if (IsBlock(name) || (name == "span" && IsOffScreen(tag)))
        {
            CloseImplied(name);
            line = null;
            var inside = open[^1].Inside;
            if (open.Count < MaximumDepth && nodes < MaximumNodes)
            {
                nodes++;
                inside.Children.Add(Block(name, tag));
                inside = inside.Children[^1];
            }

            open.Add(new Open(name, inside, false));
        }
        else if (name == "a")
        {
            // Links do not nest: one that was not closed ends where the next begins.
            var last = open.FindLastIndex(open.Count - 1, Math.Min(open.Count, MaximumSearch), o => o.Name == "a" || Scopes.Contains(o.Name));
            if (last >= 0 && open[last].Name == "a")
                CloseLink(last);

            var isLink = tag.GetAttribute("href").Length > 0;
            open.Add(new Open(name, open[^1].Inside, isLink));
            links += isLink ? 1 : 0;
            isNewLink = true;
        }
    }

    private void End(string name)
    {
        if (name is "br" or "p" && open[^1].Name != "p")
            line = null;

        if (name == "a")
        {
            var last = open.FindLastIndex(open.Count - 1, Math.Min(open.Count, MaximumSearch), o => o.Name == "a");
            if (last > 0)
                CloseLink(last);
        }
        else if (IsBlock(name) || (name == "span" && offScreen > 0))
        {
            offScreen -= name == "span" ? 1 : 0;
            line = name == "span" ? line : null;
            for (var i = open.Count - 1; i > 0 && i > open.Count - MaximumSearch; i--)
            {
                if (open[i].Name == name)
                {
                    Pop(i);
                    break;
                }

                if (Scopes.Contains(open[i].Name) && name is not ("tr" or "tbody" or "thead" or "tfoot" or "table"))
                    break;
            }
        }
    }

    /// <summary>A start tag ends what cannot hold it, as in HTML that leaves end tags out.</summary>
    private void CloseImplied(string name)
    {
        string[] ends = name switch
        {
            "li" => ["li"],
            "dt" or "dd" => ["dt", "dd"],
            "option" => ["option"],
            "tr" => ["td", "th", "tr"],
            "td" or "th" => ["td", "th"],
            "label" or "button" or "span" => [],
            _ => ["p"],
        };
        for (var i = open.Count - 1; i > 0 && i > open.Count - MaximumSearch; i--)
        {
            var at = open[i].Name;
            if (ends.Contains(at))
            {
                Pop(i);
                if (name != "tr" || at == "tr")
                    return;
            }
            else if (at is "ul" or "ol" or "dl" or "table" or "select" or "div" or "article" or "section" || (Scopes.Contains(at) && name != "tr"))
            {
                return;
            }
        }
    }

    /// <summary>A link may end before the blocks in it do, and then they stay open.</summary>
    private void CloseLink(int at)
    {
        links -= open[at].IsLink ? 1 : 0;
        open.RemoveAt(at);
    }

    private void Pop(int down)
    {
        for (var i = open.Count - 1; i >= down; i--)
            links -= open[i].IsLink ? 1 : 0;

        open.RemoveRange(down, open.Count - down);
        line = null;
    }

    private void Append(string data)
    {
        var room = HtmlText.MaximumText - text;
        if (room <= 0 || data.Length == 0)
            return;

        var clean = Squeeze(data.Length <= room ? data : data[..room]);
        if (line is null)
        {
            if (string.IsNullOrWhiteSpace(clean))
                return;

            // Beyond the limit everything is the last line's.
            var parent = open[^1].Inside;
            if (nodes >= MaximumNodes && parent.Children is [.., { IsLine: true } last])
            {
                line = last;
                clean = " " + clean;
            }
            else
            {
                line = new PageNode(PageNode.Line, "");
                parent.Children.Add(line);
            }
        }

        text += clean.Length;
        // Two links side by side are two words.
        if (isNewLink && links > 0 && line.Parts is [.., { IsLinked: true }])
            clean = " " + clean;

        isNewLink = false;
        if (line.Append(clean, links > 0, nodes < MaximumNodes))
            nodes++;
    }

    private static string Squeeze(string data)
    {
        if (data.Length <= 2 && data.All(c => c == ' ' || !(char.IsWhiteSpace(c) || HtmlText.IsInvisible(c))))
            return data;

        var clean = new StringBuilder(data.Length);
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
            {
                if (!HtmlText.IsInvisible(c))
                    clean.Append(c);
            }
            else if (clean.Length == 0 || clean[^1] != ' ')
                clean.Append(' ');
        }

        return clean.ToString();
    }

    private static bool IsBlock(string name) =>
        HtmlText.Blocks.Contains(name) || Parts.Contains(name) || name.Contains('-', StringComparison.Ordinal);

    /// <summary>For readers who do not see: what is said in a line of its own is none of the line.</summary>
    private bool IsOffScreen(HtmlTagToken tag)
    {
        var isOff = tag.GetAttribute("class") is { Length: > 0 } names && PageNames.NamesOffScreen(names.ToLowerInvariant());
        offScreen += isOff ? 1 : 0;
        return isOff;
    }

    private static PageNode Block(string name, HtmlTagToken tag)
    {
        var hints = new StringBuilder();
        foreach (var attribute in (ReadOnlySpan<string>)["class", "id", "role", "itemprop", "data-component", "data-testid"])
        {
            if (tag.GetAttribute(attribute) is { Length: > 0 } value && hints.Length < MaximumHints)
                hints.Append(hints.Length > 0 ? " " : "").Append(value, 0, Math.Min(value.Length, MaximumHints));
        }

        var style = tag.GetAttribute("style");
        return new PageNode(name, CamelHump().Replace(hints.ToString(), "-").ToLowerInvariant())
        {
            Label = tag.GetAttribute("aria-label") is { Length: <= 60 } label ? label : "",
            IsHidden = tag.Attributes.Any(a => a.Name == "hidden")
                || tag.GetAttribute("aria-hidden") == "true"
                || (style.Length is > 0 and < 2_000 && HidingStyle().IsMatch(style)),
        };
    }

    /// <param name="Inside">The block that what comes now is put into: the element's own, or of one around it.</param>
    private readonly record struct Open(string Name, PageNode Inside, bool IsLink);

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex CamelHump();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden", RegexOptions.IgnoreCase)]
    private static partial Regex HidingStyle();
}
