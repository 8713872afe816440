using NewsMonitor.Hits.Likeness;

namespace NewsMonitor.Quality.Stories;

/// <summary>What became of the articles of one kind.</summary>
/// <param name="Articles">How many there were.</param>
/// <param name="Found">Copies that are in one story with the original.</param>
/// <param name="WronglyJoined">Those in one story with an article of another.</param>
public sealed record KindScore(string Kind, int Articles, int Copies, int Found, int WronglyJoined);

/// <summary>A pair that was decided wrongly.</summary>
public sealed record StoryError(bool IsFalseJoin, StoryArticle One, StoryArticle Other);

/// <summary>How well an index told stories apart.</summary>
public sealed record StoryScore(
    int Articles, int Stories, long TruePairs, long JoinedPairs, long RightPairs, IReadOnlyList<KindScore> Kinds, IReadOnlyList<StoryError> Errors)
{
    public double Precision => JoinedPairs == 0 ? 1 : (double)RightPairs / JoinedPairs;

    public double Recall => TruePairs == 0 ? 1 : (double)RightPairs / TruePairs;

    /// <summary>Adds the articles one after the other; those that are linked by copies are a story.</summary>
    public static StoryScore Of(IReadOnlyList<StoryArticle> articles)
    {
        var index = new LikenessIndex();
        var parent = Enumerable.Range(0, articles.Count).ToArray();
        var links = new List<(int One, int Other)>();
        for (int i = 0; i < articles.Count; i++)
        {
            var article = articles[i];
            var sketch = TextSketch.Of(article.Title, article.Text);
            foreach (var (other, _) in index.Find(sketch, article.At))
            {
                links.Add((other, i));
                parent[Root(i)] = Root(other);
            }

            index.Add(i, sketch, article.At);
        }

        var originals = articles.Index().Where(a => a.Item.Kind is StoryCases.Original or StoryCases.SameTheme)
            .ToDictionary(a => a.Item.Story, a => a.Index);
        var joined = articles.Index().GroupBy(a => Root(a.Index)).ToList();
        var mixed = joined.Where(story => story.Select(a => a.Item.Story).Distinct().Skip(1).Any()).SelectMany(story => story)
            .Select(a => a.Index).ToHashSet();
        var errors = links.Where(link => articles[link.One].Story != articles[link.Other].Story)
            .Select(link => new StoryError(true, articles[link.One], articles[link.Other])).ToList();
        var kinds = new SortedDictionary<string, KindScore>(StringComparer.Ordinal);
        for (int i = 0; i < articles.Count; i++)
        {
            var article = articles[i];
            var score = kinds.GetValueOrDefault(article.Kind) ?? new(article.Kind, 0, 0, 0, 0);
            bool isCopy = originals.TryGetValue(article.Story, out int original) && original != i;
            bool found = isCopy && Root(original) == Root(i);
            if (isCopy && !found)
                errors.Add(new(false, articles[original], article));
            kinds[article.Kind] = score with
            {
                Articles = score.Articles + 1,
                Copies = score.Copies + (isCopy ? 1 : 0),
                Found = score.Found + (found ? 1 : 0),
                WronglyJoined = score.WronglyJoined + (mixed.Contains(i) ? 1 : 0),
            };
        }

        return new(
            articles.Count, joined.Count, articles.GroupBy(a => a.Story).Sum(story => Pairs(story.Count())), joined.Sum(story => Pairs(story.Count())),
            joined.Sum(story => story.GroupBy(a => a.Item.Story).Sum(same => Pairs(same.Count()))), [.. kinds.Values], errors);

        int Root(int i)
        {
            while (parent[i] != i)
                i = parent[i] = parent[parent[i]];
            return i;
        }

        static long Pairs(long count) => count * (count - 1) / 2;
    }
}
