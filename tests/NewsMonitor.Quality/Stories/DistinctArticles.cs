using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Quality.Stories;

/// <summary>
/// Leaves out what is a copy of another article, or partly: real newspapers are full of agencies' texts. Told by groups of five words,
/// all of them, and not by what is measured.
/// </summary>
public sealed class DistinctArticles
{
    private const int Group = 5;

    /// <summary>With more of its groups in one other article it is not surely distinct.</summary>
    private const double MostShared = 0.1;

    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private readonly List<Dictionary<string, double>> _words = [];
    private readonly HashSet<string> _titles = new(StringComparer.Ordinal);

    public List<JudgedArticle> Kept { get; } = [];

    /// <param name="surely">Its likeness to others is meant: follow-ups with one background.</param>
    public void Add(JudgedArticle article, bool surely = false)
    {
        var words = Words(article.Text);
        var groups = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i + Group <= words.Length; i++)
            groups.Add(string.Join(' ', words, i, Group));
        var shared = new Dictionary<int, int>();
        foreach (int place in groups.SelectMany(group => _places.GetValueOrDefault(group) ?? []))
            shared[place] = shared.GetValueOrDefault(place) + 1;
        bool distinct = shared.All(other =>
            other.Value <= 3 || other.Value < MostShared * Math.Min(groups.Count, Math.Max(1, Words(Kept[other.Key].Text).Length - Group + 1)));
        if (!(distinct || surely) || !_titles.Add(string.Join(' ', Words(article.Title))))
            return;
        foreach (string group in groups)
        {
            if (!_places.TryGetValue(group, out var places))
                _places[group] = places = [];
            places.Add(Kept.Count);
        }

        Kept.Add(article);
        _words.Add(words.CountBy(word => word).ToDictionary(word => word.Key, word => (double)word.Value, StringComparer.Ordinal));
    }

    /// <summary>For each article the other that shares most of its rarer words.</summary>
    public IEnumerable<(int Article, int Other)> SameTheme()
    {
        var articlesOf = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < _words.Count; i++)
        {
            foreach (string word in _words[i].Keys)
            {
                if (!articlesOf.TryGetValue(word, out var articles))
                    articlesOf[word] = articles = [];
                articles.Add(i);
            }
        }

        for (int i = 0; i < _words.Count; i++)
        {
            var alike = new Dictionary<int, double>();
            foreach (string word in _words[i].Keys)
            {
                var articles = articlesOf[word];
                if (articles.Count > 1 + _words.Count / 20)
                    continue;
                double weight = Math.Log((double)_words.Count / articles.Count);
                foreach (int other in articles)
                    alike[other] = alike.GetValueOrDefault(other) + weight * weight / Math.Sqrt(20 + _words[other].Count);
            }

            alike.Remove(i);
            if (alike.Count > 0)
                yield return (i, alike.MaxBy(other => (other.Value, -other.Key)).Key);
        }
    }

    private static string[] Words(string text) =>
        new string([.. ArabicFolding.Fold(text).Text.Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
