using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NewsMonitor.Topics.Rules;

/// <summary>Refuses a document of lists in lists in lists: it is read by functions that call themselves, until there is no stack left.</summary>
internal sealed class ShallowParser(IParser inner) : IParser
{
    private const int MaxDepth = 32;

    private int _depth;

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        bool any = inner.MoveNext();
        _depth += any ? inner.Current!.NestingIncrease : 0;
        return _depth <= MaxDepth ? any
            : throw new YamlException(inner.Current!.Start, inner.Current.End, $"nested more than {MaxDepth} deep");
    }
}
