namespace NewsMonitor.Quality.Stories;

/// <summary>An article as the monitor would find it, and which story it truly belongs to.</summary>
/// <param name="Kind">What was done to it, or what kind of decoy it is.</param>
/// <param name="Near">For a decoy: the stories that it must not be taken for.</param>
public sealed record StoryArticle(int Story, string Kind, string Title, string Text, DateTimeOffset At, IReadOnlyList<int> Near);

/// <summary>Makes stories of real articles: copies of them, and decoys beside them; the same for the same seed.</summary>
public static class StoryCases
{
    public const string Original = "original";

    public const string SameTheme = "same theme";

    private const int CopiesOfEach = 4;

    /// <summary>Of a few articles more is made.</summary>
    private const int CopiesOfFew = 16;

    private const int OfEachTemplate = 40;

    private const int FewestWords = 45;

    private static readonly DateTimeOffset Begin = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="articles">Those of a file that is called distinct.ndjson are; of others, copies are left out.</param>
    public static IReadOnlyList<StoryArticle> Make(IEnumerable<JudgedArticle> articles, int seed)
    {
        var random = new Random(seed);
        var distinct = new DistinctArticles();
        foreach (var article in articles)
            distinct.Add(article, surely: article.File == "distinct.ndjson");

        var wires = distinct.Kept.Select(article => Wire.Of(article.Title, article.Text)).ToList();
        var theme = distinct.SameTheme().ToDictionary(pair => pair.Article, pair => pair.Other);
        // Texts that are in no story: what is added to copies must not be a copy of others.
        var apart = wires.Index().Where(wire => IsApart(wire.Index) && wire.Item.Words >= FewestWords).Select(wire => wire.Item).ToArray();
        random.Shuffle(apart);
        var added = apart[..(apart.Length / 3)].SelectMany(wire => wire.Paragraphs).Where(paragraph => paragraph.Length > 80).ToList();
        var news = new Queue<Wire>(apart[(apart.Length / 3)..]);
        var copies = new WireCopies(random, added);
        var decoys = new Decoys(random);
        var cases = new List<StoryArticle>();
        var times = wires.Select(_ => Begin.AddMinutes(random.Next(20 * 24 * 60))).ToList();
        int stories = wires.Count;
        var standing = new List<int>();
        for (int i = 0; i < wires.Count; i++)
        {
            var wire = wires[i];
            if (IsApart(i))
                continue;
            int[] near = theme.TryGetValue(i, out int other) && !IsApart(other) ? [other] : [];
            // What is of the same theme is also of the same day.
            if (near is [var earlier] && earlier < i)
                times[i] = times[earlier].AddMinutes(random.Next(24 * 60));
            cases.Add(new(i, near.Length > 0 ? SameTheme : Original, wire.Title, wire.Text, times[i], near));
            if (wire.Words < FewestWords)
                continue;
            for (int copy = 0; copy < (wires.Count < 100 ? CopiesOfFew : CopiesOfEach); copy++)
            {
                var (kind, changed) = Copy(copies, wire, random, combined: copy % 2 == 1);
                cases.Add(new(i, kind, changed.Title, changed.Text, times[i].AddMinutes(random.Next(kind == "title only" ? 1200 : 2880)), []));
            }

            // A copy too, and beside those of other stories in the same words.
            if (i % 12 == 0)
                cases.Add(new(i, "standing words", wire.Title, Decoys.InStandingWords(wire).Text, times[i].AddMinutes(random.Next(2880)), standing.ToArray()));
            if (i % 12 == 0)
                standing.Add(i);
            if (Decoy(decoys, wires, i, news, random) is { } decoy && decoy.Made.Words >= FewestWords)
                cases.Add(new(stories++, decoy.Kind, decoy.Made.Title, decoy.Made.Text, times[i].AddMinutes(random.Next(2880)), decoy.Near));
        }

        foreach (var (kind, make) in decoys.Templates)
        {
            var known = new HashSet<string>();
            var near = new List<int>();
            for (int n = 0; n < Math.Min(OfEachTemplate, 4 + wires.Count / 8); n++)
            {
                var made = make();
                if (!known.Add(made.Text))
                    continue;
                cases.Add(new(stories, kind, made.Title, made.Text, Begin.AddHours(random.Next(72)), [.. near]));
                near.Add(stories++);
            }
        }

        var shuffled = cases.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static bool IsApart(int article) => article % 5 == 4;

    private static (string Kind, Wire Made, int[] Near)? Decoy(Decoys decoys, List<Wire> wires, int i, Queue<Wire> news, Random random)
    {
        int other = random.Next(wires.Count), third = random.Next(wires.Count);
        if (other == i || other == third || third == i || IsApart(other) || IsApart(third))
            return null;
        return random.Next(6) switch
        {
            0 when news.TryDequeue(out var own) => ("follow-up", decoys.FollowUp(wires[i], own), [i]),
            1 => ("roundup", decoys.Roundup([wires[i], wires[other], wires[third]]), [i, other, third]),
            2 when news.TryDequeue(out var own) => ("same title", own with { Title = wires[i].Title }, [i]),
            _ => null,
        };
    }

    private static (string Kind, Wire Changed) Copy(WireCopies copies, Wire wire, Random random, bool combined)
    {
        var all = copies.All;
        if (!combined)
        {
            string kind = all.Keys.ElementAt(random.Next(all.Count));
            return (kind, all[kind](wire));
        }

        // Words first, heads last: nobody cuts off his own head.
        var kinds = WireCopies.Together.Where(_ => random.Next(4) > 0).Select(kinds => kinds[random.Next(kinds.Count)]).ToList();
        foreach (string kind in kinds)
            wire = all[kind](wire);
        return ($"{kinds.Count} at once", wire);
    }
}
