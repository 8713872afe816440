using NewsMonitor.Quality;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Benchmarks.Polling;

/// <summary>
/// News that nobody has written: sentences about the subjects of subjects.txt; in one article of <see cref="NearIn"/> there is one of the project's
/// own examples that look like a topic and are none, and now and then one that is about a topic. The same number is always the same article.
/// </summary>
public sealed class GeneratedNews
{
    /// <summary>One article in so many is about a topic. In real news it is fewer still.</summary>
    public const int AboutATopicIn = 1000;

    private const int NearIn = 20;

    private static readonly string[] s_places =
    [
        "القاهرة", "الرياض", "عمّان", "بيروت", "تونس", "الدوحة", "مسقط", "الخرطوم", "الرباط", "الجزائر", "دبي", "صنعاء", "طرابلس", "الكويت", "المنامة", "نواكشوط",
    ];

    private static readonly string[] s_speakers =
    [
        "قالت الوزارة في بيان", "أفاد مسؤول محلي", "ذكرت وكالة الأنباء الرسمية", "أوضح المتحدث باسم الهيئة", "أكد خبراء في القطاع", "نقلت صحيفة محلية عن مصدر مطلع",
        "بيّن تقرير نُشر اليوم", "قال مدير المشروع", "أضاف البيان", "لفت رئيس اللجنة",
    ];

    private static readonly string[] s_times =
    [
        "خلال الربع الأول من العام", "منذ مطلع الأسبوع", "في الأشهر الستة الماضية", "مقارنة بالفترة نفسها من العام الماضي", "حتى نهاية الشهر الجاري", "في الموسم الحالي",
    ];

    private readonly (string[] Events, string[] What, string[] Of)[] _subjects =
    [
        .. ManyTopics.Read().SelectMany(field => field.Subjects.Select(
            subject => (Words(field.Events), Words(subject.What), Words(subject.Of)))),
    ];

    private readonly JudgedArticle[] _about, _near;

    public GeneratedNews()
    {
        string folder = Path.Combine(Repository.Root, "tests", "NewsMonitor.Quality", "examples");
        var examples = new ArticleFiles(problem => Console.Error.WriteLine($"benchmarks: {problem}")).ReadAll([folder])
            .Where(article => article.Labels is { IsUnsure: false }).ToLookup(article => article.Labels!.Topics.Values.Any(isAbout => isAbout));
        (_about, _near) = ([.. examples[true]], [.. examples[false]]);
    }

    /// <param name="number">Of the article among all: no two have the same title.</param>
    /// <param name="characters">About so many of text.</param>
    public (string Title, IReadOnlyList<string> Sentences) Write(int number, int characters)
    {
        var random = new Random(number);
        var sentences = new List<string>();
        string title;
        if (number % AboutATopicIn == AboutATopicIn / 2)
        {
            var example = random.GetItems(_about, 1)[0];
            (title, sentences) = ($"{example.Title} ({number})", [example.Text]);
        }
        else
        {
            title = Headline(random, number);
            if (random.Next(NearIn) == 0)
                sentences.Add(random.GetItems(_near, 1)[0].Text);
        }

        int length = sentences.Sum(sentence => sentence.Length);
        while (length < characters)
        {
            sentences.Add(Sentence(random));
            length += sentences[^1].Length;
        }

        return (title, sentences);
    }

    private string Headline(Random random, int number)
    {
        var (events, what, of) = random.GetItems(_subjects, 1)[0];
        return $"{One(random, s_places)}: {One(random, events)} {One(random, what)} {One(random, of)} في {number} موقعا";
    }

    private string Sentence(Random random)
    {
        var (events, what, of) = random.GetItems(_subjects, 1)[0];
        return random.Next(4) switch
        {
            0 => $"{One(random, s_speakers)} إن {One(random, events)} {One(random, what)} {One(random, of)} في {One(random, s_places)} بلغ {random.Next(2, 98)} في المئة {One(random, s_times)}.",
            1 => $"وشهدت {One(random, s_places)} {One(random, s_times)} {One(random, events)} {One(random, what)} {One(random, of)}، بعدما كان العدد لا يتجاوز {random.Next(100, 9000)}.",
            2 => $"{One(random, s_speakers)} أن العمل في {One(random, what)} {One(random, of)} مستمر، وأن {One(random, events)} المرحلة الثانية سيبدأ في {One(random, s_places)} قريبا.",
            _ => $"ومن المقرر أن تناقش لجنة مختصة في {One(random, s_places)} {One(random, events)} {One(random, what)} {One(random, of)} بكلفة {random.Next(2, 900)} مليون دولار.",
        };
    }

    private static string One(Random random, string[] of) => of[random.Next(of.Length)];

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries);
}
