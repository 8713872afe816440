using System.Numerics;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <param name="Outcomes">Those that the sentence has the anchors of, as bits; the last for all further ones.</param>
/// <param name="Settled">Those of them for which it also has what they ask of the article.</param>
internal readonly record struct FoundRule(int Rule, ulong Outcomes, ulong Settled);

/// <summary>
/// The anchors that a sentence has and where, and the rules that these are enough for. One sentence after the other. The words of a sentence are the
/// bits of a number; where it has more than 64, several words share one.
/// </summary>
internal sealed class SentenceAnchors
{
    private const int MostPlaces = 64;

    private readonly AnchorIndex _index;
    private readonly AtomMemory _memory;
    private readonly ulong[] _atoms;

    /// <summary>By atom: where it is, once the rules are asked for.</summary>
    private readonly ulong[] _placesOf;

    /// <summary>The anchors one by one: where they are in the memory's masks, and the number of the word.</summary>
    private readonly List<(int Mask, int Word)> _words = [];

    /// <summary>By number of anchors: what was found of them in which sentence. Many rules share their parts.</summary>
    private readonly (int Sentence, ulong Places)[] _known;
    private int _sentence, _shift;

    public SentenceAnchors(AnchorIndex index, AtomMemory memory)
    {
        (_index, _memory) = (index, memory);
        _atoms = new ulong[Atoms.Words(index.AtomCount)];
        _placesOf = new ulong[index.AtomCount];
        _known = new (int, ulong)[index.AnchorsCount];
    }

    public ReadOnlySpan<ulong> Seen => _atoms;

    public bool IsEmpty => _words.Count == 0;

    public void Add(int mask, int word)
    {
        Atoms.Add(_atoms, _memory[mask]);
        _words.Add((mask, word));
    }

    public void Clear()
    {
        if (IsEmpty)
            return;
        Array.Clear(_atoms);
        _words.Clear();
    }

    /// <summary>Adds the rules that the sentence has the anchors of, but for those known already.</summary>
    public void FindRules(AnchorPlan plan, bool[] known, List<FoundRule> found)
    {
        SetPlaces();
        for (int i = 0; i < _atoms.Length; i++)
        {
            for (ulong bits = _atoms[i]; bits != 0; bits &= bits - 1)
            {
                foreach (var (next, rules) in plan.Rules[(i << 6) + BitOperations.TrailingZeroCount(bits)])
                {
                    if (next is not null && PlacesOf(next) == 0)
                        continue;
                    foreach (int rule in rules)
                    {
                        if (!known[rule] && OutcomesOf(rule) is { Outcomes: > 0 } outcomes)
                            found.Add(outcomes);
                    }
                }
            }
        }
    }

    private void SetPlaces()
    {
        _sentence++;
        for (int i = 0; i < _atoms.Length; i++)
        {
            for (ulong bits = _atoms[i]; bits != 0; bits &= bits - 1)
                _placesOf[(i << 6) + BitOperations.TrailingZeroCount(bits)] = 0;
        }

        int first = _words[0].Word;
        for (_shift = 0; (_words[^1].Word - first) >> _shift >= MostPlaces;)
            _shift++;
        foreach (var (mask, word) in _words)
        {
            ulong place = 1UL << ((word - first) >> _shift);
            var atoms = _memory[mask];
            for (int i = 0; i < atoms.Length; i++)
            {
                for (ulong bits = atoms[i]; bits != 0; bits &= bits - 1)
                    _placesOf[(i << 6) + BitOperations.TrailingZeroCount(bits)] |= place;
            }
        }
    }

    /// <summary>A word of each occurrence that the sentence may have.</summary>
    private ulong PlacesOf(Anchors anchors)
    {
        ref var known = ref _known[anchors.Id];
        if (known.Sentence == _sentence)
            return known.Places;

        ulong places = 0;
        foreach (int atom in anchors.Words)
        {
            if (Atoms.Has(_atoms, atom))
                places |= _placesOf[atom];
        }

        foreach (var pattern in anchors.Patterns)
            places |= PlacesOf(pattern);
        known = (_sentence, places);
        return places;
    }

    private ulong PlacesOf(AnchorPattern pattern)
    {
        ulong places = ulong.MaxValue;
        for (int p = 0; p < pattern.Parts.Length && places != 0; p++)
        {
            var (set, reach) = pattern.Parts[p];
            ulong part = PlacesOf(set);
            if (part == 0)
                return 0;
            places = p == 0 ? part
                : pattern.Kind == PatternKind.Phrase ? part & Behind(places, reach)
                : places & Around(part, reach);
        }

        return WithConditions(places, pattern.Conditions);
    }

    /// <summary>Those that have what the conditions ask for near them.</summary>
    private ulong WithConditions(ulong places, AnchorPart[] conditions)
    {
        foreach (var (set, reach) in conditions)
        {
            if (places == 0)
                break;
            places &= Around(PlacesOf(set), reach);
        }

        return places;
    }

    private FoundRule OutcomesOf(int number)
    {
        var rule = _index.Rules[number];
        ulong possible = 0, settled = 0, places = PlacesOf(rule.Pattern);
        for (int o = 0; o < rule.Outcomes.Length && places != 0; o++)
        {
            var outcome = rule.Outcomes[o];
            if (WithConditions(places, outcome.Sentence) == 0)
                continue;
            possible |= 1UL << Math.Min(o, 63);
            if (o < 63 && outcome.Title.Length == 0 && Anchors.AllHoldIn(outcome.Article, _atoms))
                settled |= 1UL << o;
        }

        return new(number, possible, settled);
    }

    /// <summary>Where a word can be that comes behind one of these, at most so many words.</summary>
    private ulong Behind(ulong places, int reach) => _shift == 0 ? Spread(places << 1, reach - 1) : Spread(places, (reach >> _shift) + 1);

    /// <summary>Where a word can be that is at most so many words from one of these, on either side.</summary>
    private ulong Around(ulong places, int reach)
    {
        if (reach >> _shift >= MostPlaces)
            return places == 0 ? 0 : ulong.MaxValue;
        int distance = (reach >> _shift) + 1;
        return Spread(places, distance) | SpreadDown(places, distance);
    }

    /// <summary>These and so many above each.</summary>
    private static ulong Spread(ulong places, int distance)
    {
        for (int left = distance, step = 1; left > 0 && step < MostPlaces; left -= step, step = Math.Min(2 * step, left))
            places |= places << step;
        return places;
    }

    private static ulong SpreadDown(ulong places, int distance)
    {
        for (int left = distance, step = 1; left > 0 && step < MostPlaces; left -= step, step = Math.Min(2 * step, left))
            places |= places >> step;
        return places;
    }
}
