using CsCheck;
using NewsMonitor.Hits.Likeness;
using NewsMonitor.Quality;
using NewsMonitor.Quality.Stories;

namespace NewsMonitor.Tests.Unit.Hits.Likeness;

public sealed class LikenessIndexTests
{
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<IReadOnlyList<StoryArticle>> Cases = new(() =>
        StoryCases.Make(new ArticleFiles(problem => Assert.Fail(problem)).ReadAll([StoryCommand.OwnArticles]), seed: 1));

    [Fact]
    public void Copies_join_one_story_and_others_do_not()
    {
        var score = StoryScore.Of(Cases.Value);
        Assert.InRange(score.Articles, 200, 10_000);
        Assert.InRange(score.Precision, 0.98, 1);
        Assert.InRange(score.Recall, 0.95, 1);
    }

    [Fact]
    public void The_order_of_arrival_does_not_change_what_is_joined()
    {
        var articles = Cases.Value.Take(150).Select(article => (Sketch: TextSketch.Of(article.Title, article.Text), article.At)).ToArray();
        var pairs = Pairs([.. Enumerable.Range(0, articles.Length)]);
        Assert.NotEmpty(pairs);
        Gen.Shuffle(Enumerable.Range(0, articles.Length).ToArray()).Sample(order => Assert.Equal(pairs, Pairs(order)), iter: 5);

        SortedSet<(int, int)> Pairs(int[] order)
        {
            var index = new LikenessIndex();
            var found = new SortedSet<(int, int)>();
            for (int i = 0; i < order.Length; i++)
            {
                var (sketch, at) = articles[order[i]];
                foreach (var (number, _) in index.Find(sketch, at))
                    found.Add((Math.Min(order[number], order[i]), Math.Max(order[number], order[i])));
                index.Add(i, sketch, at);
            }

            return found;
        }
    }

    [Fact]
    public void What_is_forgotten_is_not_found()
    {
        var index = new LikenessIndex();
        var sketch = TextSketch.Of("عنوان من خمس كلمات هنا", string.Join(' ', Enumerable.Range(100, 60).Select(i => $"كلمة{i}")));
        index.Add(1, sketch, Now.AddDays(2));
        index.Add(2, sketch, Now);
        index.Forget(Now.AddDays(1));
        Assert.Equal(1, index.Count);
        Assert.Equal([1], index.Find(sketch, Now.AddDays(2)).Select(copy => copy.Number));
        index.Forget(Now.AddDays(3));
        Assert.Equal(0, index.Count);
        Assert.Empty(index.Find(sketch, Now.AddDays(2)));
        index.Add(3, sketch, Now.AddDays(4));
        Assert.Equal([3], index.Find(sketch, Now.AddDays(4)).Select(copy => copy.Number));
    }

    /// <summary>All end with the same words, and half with the same beginning.</summary>
    [Fact]
    public void A_look_up_costs_the_same_however_many_there_are()
    {
        const int many = 200_000;
        var random = new Random(7);
        string[] words = [.. Enumerable.Range(0, 3000).Select(_ => Word(random))];
        var index = new LikenessIndex();
        int most = 0;
        for (int i = 0; i < many; i++)
        {
            string own = string.Join(' ', Enumerable.Range(0, 30).Select(_ => words[random.Next(words.Length)]));
            string head = i % 2 == 0 ? "نقلت وكالة الأنباء العراقية عن مصدر مسؤول في الحكومة قوله اليوم " : "";
            var sketch = TextSketch.Of("", $"{head}{own} جميع الحقوق محفوظة لا يجوز نشر هذه المادة أو إعادة بثها أو كتابتها أو توزيعها من دون إذن");
            if (i % 1000 == 0)
            {
                Assert.Empty(index.Find(sketch, Now));
                most = Math.Max(most, index.LastMet);
                Assert.InRange(index.LastCompared, 0, 48);
            }

            index.Add(i, sketch, Now);
        }

        Assert.InRange(most, 33, 700);
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(3, 7)).Select(_ => "بتثجحخدرزسشصضطعغفقكلمنه"[random.Next(23)]));
}
