using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace NewsMonitor.Articles;

/// <summary>
/// The tags and texts of some HTML without those that nobody reads, in one pass that is linear in the source. Tokens and not a tree:
/// hostile nesting costs a tree's builder squares of time and memory, and costs this nothing.
/// </summary>
internal sealed class VisibleTokens : IDisposable
{
    /// <summary>Pages of a megabyte have 100,000; what is beyond is not read.</summary>
    private const int MaximumTokens = 300_000;

    /// <summary>Elements whose text nobody reads, and how their content is tokenized.</summary>
    private static readonly Dictionary<string, HtmlParseMode> Hidden = new(StringComparer.Ordinal)
    {
        ["script"] = HtmlParseMode.Script,
        ["style"] = HtmlParseMode.Rawtext,
        ["iframe"] = HtmlParseMode.Rawtext,
        ["noembed"] = HtmlParseMode.Rawtext,
        ["noframes"] = HtmlParseMode.Rawtext,
        ["noscript"] = HtmlParseMode.Rawtext,
        ["textarea"] = HtmlParseMode.RCData,
        ["template"] = HtmlParseMode.PCData,
        ["svg"] = HtmlParseMode.PCData,
        ["math"] = HtmlParseMode.PCData,
        ["object"] = HtmlParseMode.PCData,

        // Ruby's readings in brackets, for browsers that show none.
        ["rp"] = HtmlParseMode.PCData,
    };

    /// <summary>Each costs 300 bytes, whatever it stands for.</summary>
    private const int MaximumEntities = 200_000;

    private readonly string html;
    private readonly HtmlTokenizer tokens;
    private readonly Dictionary<string, int> lastEnds = new(StringComparer.Ordinal);
    private int read;

    public VisibleTokens(string source)
    {
        html = source;
        for (int at = source.IndexOf('&'), count = 0; at >= 0; at = source.IndexOf('&', at + 1))
        {
            if (++count > MaximumEntities)
            {
                html = source[..at];
                break;
            }
        }

        // Not from a stream: a source that is a string has no buffer to fill.
        tokens = new HtmlTokenizer(new TextSource(new StringTextSource(html)), HtmlEntityProvider.Resolver) { SkipComments = true };
    }

    /// <summary>Gets what a hidden element holds, with its tag: structured data are in scripts.</summary>
    public Action<HtmlTagToken, string>? OnHidden { get; init; }

    /// <summary>A start tag, an end tag or text; null at the end.</summary>
    public HtmlToken? Next()
    {
        while (read++ < MaximumTokens)
        {
            var token = tokens.Get();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    return null;

                case HtmlTokenType.StartTag:
                    if (token is HtmlTagToken { IsSelfClosing: false } tag && Hidden.TryGetValue(tag.Name, out var mode) && IsClosed(tag))
                    {
                        tokens.State = mode;
                        Skip(tag);
                        continue;
                    }

                    return token;

                case HtmlTokenType.EndTag or HtmlTokenType.Character:
                    return token;
            }
        }

        return null;
    }

    public void Dispose() => tokens.Dispose();

    /// <summary>One that is never closed hides nothing, or it would hide the rest of the article.</summary>
    private bool IsClosed(HtmlTagToken tag)
    {
        if (!lastEnds.TryGetValue(tag.Name, out var last))
            lastEnds[tag.Name] = last = html.LastIndexOf($"</{tag.Name}", StringComparison.OrdinalIgnoreCase);

        return last >= tag.Position.Position;
    }

    private void Skip(HtmlTagToken start)
    {
        for (var depth = 1; depth > 0 && read < MaximumTokens; read++)
        {
            var token = tokens.Get();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    return;

                case HtmlTokenType.StartTag when token.Name == start.Name && token is HtmlTagToken { IsSelfClosing: false }:
                    depth++;
                    break;

                case HtmlTokenType.EndTag when token.Name == start.Name:
                    depth--;
                    break;

                case HtmlTokenType.Character:
                    OnHidden?.Invoke(start, token.Data);
                    break;
            }
        }
    }
}
