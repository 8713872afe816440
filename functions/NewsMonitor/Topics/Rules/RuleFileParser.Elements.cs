using NewsMonitor.Topics.Arabic;
using YamlDotNet.RepresentationModel;

namespace NewsMonitor.Topics.Rules;

// Elements of patterns, and conditions.
internal sealed partial class RuleFileParser
{
    private int[] Elements(YamlNode node, string key)
    {
        int[] elements = [.. _yaml.Items(node, key).Select(Element)];
        if (elements.Length is < 2 or > MaxElements)
        {
            _yaml.Error(node, $"{key} must list 2 to {MaxElements} words or sets");
        }

        return elements;
    }

    private Condition? ReadCondition(YamlNode node)
    {
        Place? place = null;
        int set = 0, within = 0, times = 1;
        YamlNode? withinAt = null, timesAt = null;
        string[] places = ["article", "title", "sentence", "around", "near", "before", "after", "inside"];
        foreach (var (key, keyNode, value) in _yaml.Entries(node, "a condition", [.. places, "within", "times"]))
        {
            if (key == "within")
            {
                (within, withinAt) = (_yaml.Whole(value, "within (words)", 1, MaxWithin), keyNode);
            }
            else if (key == "times")
            {
                (times, timesAt) = (_yaml.Whole(value, "times", 1, 100), keyNode);
            }
            else if (place is not null)
            {
                _yaml.Error(keyNode, "a condition looks in one place; put the other in a condition of its own");
            }
            else
            {
                place = Enum.Parse<Place>(key, ignoreCase: true);
                set = Element(value);
            }
        }

        if (place is null)
        {
            if (node is YamlMappingNode)
            {
                _yaml.Error(node, $"a condition says where to look: {string.Join(", ", places)}");
            }

            return null;
        }

        if (timesAt is not null && place != Place.Article)
        {
            _yaml.Error(timesAt, "times counts in the article; it goes with article only");
        }

        if (withinAt is not null && place is not (Place.Around or Place.Near or Place.Before or Place.After))
        {
            _yaml.Error(withinAt, "within counts words from the match; it goes with around, near, before and after only");
        }

        int usual = place switch { Place.Around => 40, Place.Near => 10, _ => 3 };
        return _source.Put(new Condition(place.Value, set, within > 0 ? within : usual, times), YamlReader.At(node));
    }

    /// <summary>The set that "a | b" or [a, b] stands for: names of sets, or words in Arabic (nouns; "=word" is exact).</summary>
    private int Element(YamlNode element)
    {
        var members = new List<int>();
        foreach (var node in YamlReader.OneOrMore(element))
        {
            foreach (string part in (_yaml.Text(node, "a word or the name of a set") ?? "").Split('|', StringSplitOptions.TrimEntries))
            {
                if (_sets.TryGetValue(part, out int set))
                {
                    members.Add(set);
                }
                else if (part.StartsWith('=') || part.Any(c => c >= '\u0600'))
                {
                    members.Add(Unnamed(node, part, part, () => AddWord(
                        node, part.TrimStart('='), part.StartsWith('=') ? PartOfSpeech.Exact : PartOfSpeech.Noun, part, _absorbedBy.Count - 1)));
                }
                else if (part.Length > 0 || node is YamlScalarNode)
                {
                    _yaml.Error(node, $"there is no set named \"{part}\" here or above (a Latin word itself is written \"={part}\")");
                }
            }
        }

        if (members.Count == 1)
        {
            return members[0];
        }

        if (members.Count == 0)
        {
            if (element is YamlSequenceNode { Children.Count: 0 })
                _yaml.Error(element, "expected a word or the name of a set between [ and ]");
            return 0;
        }

        return Unnamed(element, string.Join('|', members.Order()), string.Join(" | ", members.Select(m => _labels[m])), () =>
        {
            _source.Alternatives[_absorbedBy.Count - 1] = [.. members];
            _sizes[^1] = members.Sum(member => _sizes[member]);
            foreach (int member in members)
            {
                _absorbedBy[member].Add(_absorbedBy.Count - 1);
            }
        });
    }

    private int Unnamed(YamlNode at, string key, string label, Action fill)
    {
        if (!_unnamed.TryGetValue(key, out int set))
        {
            _unnamed[key] = set = NewSet(label);
            _source.Sets[set] = YamlReader.At(at);
            fill();
        }

        return set;
    }
}
