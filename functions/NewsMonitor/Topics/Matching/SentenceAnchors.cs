using System.Numerics;
using System.Runtime.InteropServices;

namespace NewsMonitor.Topics.Matching;

/// <summary>The anchors that a sentence has, and the rules that these are enough for. One sentence after the other.</summary>
internal sealed class SentenceAnchors
{
    private readonly AnchorIndex _index;
    private readonly AtomMemory _memory;
    private readonly ulong[] _atoms, _window;

    /// <summary>The atoms that are enough for some rule without another.</summary>
    private readonly ulong[] _alone;

    /// <summary>The anchors one by one: where they are in the memory's masks, and the number of the word.</summary>
    private readonly List<(int Mask, int Word)> _words = [];

    /// <summary>By atom: how many sentences had it, and the rules to think of when one does, with what else they ask for first.</summary>
    private readonly long[] _sentencesWith;
    private readonly List<(Anchors? Next, List<int> Rules)>[] _rulesOf;

    /// <summary>By number of anchors: what was found of them in which sentence.</summary>
    private readonly (int Sentence, bool Hold)[] _known;
    private int _sentence;
    private bool _isLearning = true;

    public SentenceAnchors(AnchorIndex index, AtomMemory memory)
    {
        (_index, _memory) = (index, memory);
        _atoms = new ulong[Anchors.Words(index.AtomCount)];
        _window = new ulong[_atoms.Length];
        _alone = Anchors.Bits([.. index.Rules.Where(r => r.Sentence.Length > 0).SelectMany(r => Anchors.AloneIn(r.Sentence))], index.AtomCount);
        _sentencesWith = new long[index.AtomCount];
        _rulesOf = [.. Enumerable.Range(0, index.AtomCount).Select(_ => new List<(Anchors?, List<int>)>())];
        _known = new (int, bool)[index.AnchorsCount];
        ThinkOfRarest(index.Cost);
    }

    public ReadOnlySpan<ulong> Atoms => _atoms;

    public bool IsEmpty => _words.Count == 0;

    public void Add(int mask, int word)
    {
        var atoms = _memory.Masks.Slice(mask, _atoms.Length);
        for (int i = 0; i < atoms.Length; i++)
            _atoms[i] |= atoms[i];
        _words.Add((mask, word));
    }

    public void Clear()
    {
        Array.Clear(_atoms);
        _words.Clear();
    }

    /// <summary>Adds the rules that the sentence has the anchors of, but for those known already.</summary>
    public void FindRules(bool[] known, List<int> found)
    {
        if (_words.Count == 1 && !_isLearning && !Anchors.Intersect(_atoms, _alone))
            return;

        _sentence++;
        for (int i = 0; i < _atoms.Length; i++)
        {
            for (ulong bits = _atoms[i]; bits != 0; bits &= bits - 1)
            {
                int atom = (i << 6) + BitOperations.TrailingZeroCount(bits);
                _sentencesWith[atom]++;
                foreach (var (next, rules) in _rulesOf[atom])
                {
                    if (next is not null && !Hold(next))
                        continue;
                    foreach (int rule in rules)
                    {
                        if (!known[rule] && AllHold(_index.Rules[rule].Sentence) && AreNear(_index.Rules[rule]))
                            found.Add(rule);
                    }
                }
            }
        }
    }

    /// <summary>From now on each rule is thought of when its rarest anchor is met, as the sentences so far had them.</summary>
    public void Learn()
    {
        _isLearning = false;
        ThinkOfRarest(_sentencesWith);
    }

    private void ThinkOfRarest(IReadOnlyList<long> frequency)
    {
        foreach (var rules in _rulesOf)
            rules.Clear();
        for (int rule = 0; rule < _index.Rules.Count; rule++)
        {
            var parts = _index.Rules[rule].Sentence.OrderBy(p => p.Rarest(frequency).Sum(atom => frequency[atom])).ToList();
            if (parts.Count == 0)
                continue;
            var next = parts.ElementAtOrDefault(1);
            foreach (var rules in parts[0].Rarest(frequency).Select(atom => _rulesOf[atom]))
            {
                int known = rules.FindIndex(r => r.Next == next);
                if (known >= 0)
                    rules[known].Rules.Add(rule);
                else
                    rules.Add((next, [rule]));
            }
        }
    }

    /// <summary>Asked once for a sentence: many rules share their parts.</summary>
    private bool Hold(Anchors anchors)
    {
        ref var known = ref _known[anchors.Id];
        if (known.Sentence != _sentence)
            known = (_sentence, anchors.HoldIn(_atoms));
        return known.Hold;
    }

    private bool AllHold(Anchors[] parts)
    {
        foreach (var part in parts)
        {
            if (!Hold(part))
                return false;
        }

        return true;
    }

    /// <summary>Whether the anchors of a match are somewhere as near to each other as its words.</summary>
    private bool AreNear(AnchoredRule rule)
    {
        var words = CollectionsMarshal.AsSpan(_words);
        if (words[^1].Word - words[0].Word < rule.Span)
            return true;

        for (int first = 0; first < words.Length; first++)
        {
            Array.Clear(_window);
            for (int next = first; next < words.Length && words[next].Word - words[first].Word < rule.Span; next++)
            {
                var atoms = _memory.Masks.Slice(words[next].Mask, _window.Length);
                for (int i = 0; i < atoms.Length; i++)
                    _window[i] |= atoms[i];
            }

            if (Anchors.AllHoldIn(rule.Words, _window))
                return true;
        }

        return false;
    }
}
