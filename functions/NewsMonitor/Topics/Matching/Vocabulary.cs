using NewsMonitor.Topics.Arabic;
using NewsMonitor.Topics.Rules;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// The words of a topics file, compiled. Entries go by their number in the file; the later words of expressions (الولايات المتحدة) are
/// numbered behind them and are called followers.
/// </summary>
internal sealed class Vocabulary
{
    private const int MaxBodies = 2_000_000;

    private readonly IReadOnlyList<WordEntry> _entries;
    private readonly int[][] _followers, _sets;
    private readonly Body[] _followerBodies;
    private readonly int[] _cost;

    private Vocabulary(IReadOnlyList<WordEntry> entries, int[][] followers, Body[] followerBodies, Lexicon lexicon)
    {
        (_entries, _followers, _followerBodies, Lexicon) = (entries, followers, followerBodies, lexicon);
        _sets = [.. entries.Select(e => e.WrittenIn.Select(w => w.Set).Distinct().ToArray())];
        _cost = [.. Enumerable.Range(0, Count).Select(Cost)];
        Words = WordFilter.Build(Enumerable.Range(0, Count).SelectMany(BodiesOf));
    }

    public Lexicon Lexicon { get; }

    /// <summary>Entries and followers.</summary>
    public int Count => _entries.Count + _followerBodies.Length;

    /// <summary>Tells most words that are a form of nothing apart.</summary>
    public WordFilter Words { get; }

    public bool IsFollower(int entry) => entry >= _entries.Count;

    /// <summary>Whether it is a follower, or goes with some.</summary>
    public bool IsLinked(int entry) => IsFollower(entry) || _followers[entry].Length > 0;

    /// <summary>The sets that an entry is written in.</summary>
    public int[] SetsOf(int entry) => _sets[entry];

    /// <summary>What must follow the entry's first word, neighbour by neighbour; empty for a single word.</summary>
    public int[] FollowersOf(int entry) => _followers[entry];

    /// <summary>The rarest word of an entry: itself, for its first word, or a follower.</summary>
    public int AnchorOf(int entry) => _followers[entry].Append(entry).MinBy(CostOf);

    /// <summary>Roughly how often the word is met.</summary>
    public int CostOf(int entry) => _cost[entry];

    /// <summary>What the word is without its proclitics.</summary>
    public IEnumerable<Body> BodiesOf(int entry) => IsFollower(entry) ? [_followerBodies[entry - _entries.Count]]
        : _entries[entry].Misspelt ? _entries[entry].Bodies().Concat(Misspellings.Bodies(_entries[entry].Text, _entries[entry].Pos))
        : _entries[entry].Bodies();

    private int Cost(int entry)
    {
        var bodies = IsFollower(entry) ? [_followerBodies[entry - _entries.Count]] : _entries[entry].Bodies();
        return 1 + bodies.Select(b => b.Text).Distinct(StringComparer.Ordinal).Sum(
            text => CommonWords.Everywhere.Contains(text) ? 10_000 : CommonWords.Function.Contains(text) ? 1_000 : CommonWords.Frequent.Contains(text) ? 300 : text.Length < 3 ? 50 : 0);
    }

    public static Vocabulary Build(IReadOnlyList<WordEntry> entries)
    {
        var bodies = new Dictionary<string, List<Lexicon.Reading>>(StringComparer.Ordinal);
        var followers = new Dictionary<(string Word, Attachment Attachment), int>();
        int[][] expressions = [.. entries.Select(e => e.Words.Skip(1).Select(w => Follower(e, w)).ToArray())];
        for (int i = 0; i < entries.Count; i++)
        {
            foreach (var body in entries[i].Bodies())
                Add(entries[i], body.Text, new(body.Attachment, i, Slip: false));

            if (entries[i].Misspelt)
            {
                foreach (var body in Misspellings.Bodies(entries[i].Text, entries[i].Pos))
                    Add(entries[i], body.Text, new(body.Attachment, i, Slip: true));
            }
        }

        foreach (var ((word, attachment), number) in followers)
            Add(entries[0], word, new(attachment, number, Slip: false));
        Body[] followerBodies = [.. followers.OrderBy(f => f.Value).Select(f => new Body(f.Key.Word, f.Key.Word, "", f.Key.Attachment, ""))];
        return new Vocabulary(
            entries, expressions, followerBodies,
            new Lexicon([.. bodies.Select(b => (Letters.Encode(b.Key)!, (IReadOnlyList<Lexicon.Reading>)b.Value))]));

        int Follower(WordEntry entry, string word)
        {
            // الحقل النفطي beside حقل نفطي: what goes with a noun may take the article as it does.
            bool agrees = entry.Pos is PartOfSpeech.Noun or PartOfSpeech.Possessed or PartOfSpeech.Person or PartOfSpeech.Adjective;
            var key = (Inflection.Fold(word), agrees ? Attachment.Follower : Attachment.Bare);
            if (!followers.TryGetValue(key, out int number))
                followers[key] = number = entries.Count + followers.Count;
            return number;
        }

        void Add(WordEntry entry, string text, Lexicon.Reading reading)
        {
            if (text.Length is 0 or > Lexicon.MaxWord)
                return;
            if (!bodies.TryGetValue(text, out var readings))
                bodies[text] = readings = new(1);
            int same = readings.FindIndex(r => r.Entry == reading.Entry && r.Slip == reading.Slip);
            if (same < 0)
                readings.Add(reading);
            else
                readings[same] = reading with { Attachment = reading.Attachment | readings[same].Attachment };
            if (bodies.Count > MaxBodies)
            {
                throw new MonitorException(
                    $"the topics file makes more than {MaxBodies} word forms (at \"{entry.Text}\" of {entry.WrittenIn[0].Name}); list fewer words");
            }
        }
    }
}
