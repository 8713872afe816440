using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

/// <summary>Reads YAML nodes and collects what is wrong with them, each with file, line and column, so that an analyst mends a file in one go.</summary>
internal sealed class YamlReader(string fileName)
{
    private const int MaxErrors = 50;
    private readonly List<string> _errors = [];

    public bool Failed => _errors.Count > 0;

    public static Location At(YamlNode node) => new((int)node.Start.Line, (int)node.Start.Column);

    public void Error(YamlNode at, string message) => Error(at.Start, message);

    public void ThrowIfFailed()
    {
        if (Failed)
        {
            string more = _errors.Count > MaxErrors ? $"\n… and {_errors.Count - MaxErrors} more" : "";
            throw new MonitorException(string.Join('\n', _errors.Take(MaxErrors)) + more);
        }
    }

    /// <summary>File, line and column, as messages begin.</summary>
    public string PlaceOf(YamlNode node) => PlaceOf(node.Start);

    /// <param name="expected">What kind of document it should be.</param>
    public YamlMappingNode? Load(string yaml, string expected)
    {
        var stream = new YamlStream();
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            stream.Load(new ShallowParser(new Parser(scanner)));
        }
        catch (YamlException e)
        {
            Error(e.Start, "not valid YAML: " + (e.InnerException?.Message ?? e.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            // So the scanner says that what is inside [ ] or { } stands too far left.
            Error(scanner.CurrentPosition, "not valid YAML: a line inside [ ] or { } must be indented more than the line that they begin in");
            return null;
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            _errors.Add($"{fileName}:1:1: expected {expected}");
            return null;
        }

        return root;
    }

    /// <summary>The entries of a mapping whose keys are among <paramref name="known"/> (all keys when none are given).</summary>
    public IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Entries(YamlNode node, string what, params string[] known)
    {
        if (node is not YamlMappingNode mapping)
        {
            string expected = known.Length == 0 ? "names with a value each" : string.Join(", ", known);
            Error(node, $"{what} must be a mapping with {expected}");
            yield break;
        }

        foreach (var (keyNode, value) in mapping.Children)
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } key })
            {
                Error(keyNode, $"{what}: expected a name");
            }
            else if (known.Length > 0 && !known.Contains(key, StringComparer.Ordinal))
            {
                Error(keyNode, $"{what} has no \"{key}\"; expected one of: {string.Join(", ", known)}");
            }
            else
            {
                yield return (key, keyNode, value);
            }
        }
    }

    public IEnumerable<YamlNode> Items(YamlNode node, string what)
    {
        if (node is YamlSequenceNode sequence)
        {
            return sequence.Children;
        }

        Error(node, $"{what} must be a list");
        return [];
    }

    /// <summary>A list, or one item without the list's brackets.</summary>
    public static IEnumerable<YamlNode> OneOrMore(YamlNode node) => node is YamlSequenceNode sequence ? sequence.Children : [node];

    public string? Text(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } value } && value.Trim().Length > 0)
        {
            return value.Trim();
        }

        Error(node, $"{what} must be text");
        return null;
    }

    public int Whole(YamlNode node, string what, int least, int most)
    {
        if (node is YamlScalarNode { Value: { } value }
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Error(node, $"{what} must be a whole number from {least} to {most}");
        return least;
    }

    public double Number(YamlNode node, string what, double most)
    {
        if (node is YamlScalarNode { Value: { } value }
            && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= most)
        {
            return number;
        }

        Error(node, $"{what} must be a number above 0, at most {most.ToString(CultureInfo.InvariantCulture)}");
        return 1;
    }

    public T Choice<T>(YamlNode node, string what, params (string Name, T Value)[] choices)
    {
        foreach (var (name, value) in choices)
        {
            if (node is YamlScalarNode scalar && string.Equals(scalar.Value, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        Error(node, $"{what} must be one of: {string.Join(", ", choices.Select(c => c.Name))}");
        return choices[0].Value;
    }

    public Strength Strength(YamlNode node) =>
        Choice(node, "strength", ("confirmed", Topics.Strength.Confirmed), ("possible", Topics.Strength.Possible));

    private string PlaceOf(Mark at) => $"{fileName}:{at.Line}:{at.Column}";

    private void Error(Mark at, string message) => _errors.Add($"{PlaceOf(at)}: {message}");
}
