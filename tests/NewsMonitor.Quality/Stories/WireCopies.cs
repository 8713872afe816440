using System.Text;

namespace NewsMonitor.Quality.Stories;

/// <summary>An article with a text that can be changed by paragraphs.</summary>
public sealed record Wire(string Title, IReadOnlyList<string> Paragraphs)
{
    public string Text => string.Join("\n\n", Paragraphs);

    public int Words => Paragraphs.Sum(paragraph => paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    /// <summary>Lines are paragraphs. A text without any is cut at its full stops.</summary>
    public static Wire Of(string title, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(title.Trim(), lines.Length > 2 ? lines : [.. lines.SelectMany(Sentences)]);
    }

    private static IEnumerable<string> Sentences(string line) =>
        line.Replace(". ", ".\n", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What outlets do to an agency's text.</summary>
public sealed class WireCopies(Random random, IReadOnlyList<string> foreign)
{
    private static readonly string[] Agencies =
        ["واع", "رويترز", "أ ف ب", "وكالة الأنباء العراقية", "السومرية نيوز", "شفق نيوز", "الأناضول", "د ب أ", "وكالات", "موازين نيوز", "العربية.نت"];

    private static readonly string[] Towns = ["بغداد", "أربيل", "واشنطن", "البصرة", "عمّان", "الرياض", "القاهرة", "نينوى", "دبي", "السليمانية"];

    private static readonly string[] Tails =
        [
            "المصدر: وكالات", "انتهى", "للمزيد من الأخبار تابعوا قناتنا على تلغرام وصفحتنا على فيسبوك",
            "جميع الحقوق محفوظة. لا يجوز نشر هذه المادة أو إعادة بثها أو كتابتها أو توزيعها من دون إذن خطي مسبق من إدارة الموقع.",
            "اقرأ أيضاً: أبرز ما تناولته الصحف الصادرة صباح اليوم\nاشترك في النشرة البريدية ليصلك كل جديد أولاً بأول",
            "إعداد وتحرير: قسم الأخبار\nيرجى ذكر المصدر عند النقل", "تم النشر بواسطة فريق التحرير، ويمكنكم التواصل معنا عبر البريد الإلكتروني للصحيفة",
        ];

    private static readonly string[] Outlets = ["السومرية", "شفق نيوز", "الغد برس", "صحيفة المدى", "RT Arabic", "الجزيرة نت", "بغداد اليوم"];

    private static readonly string[] Titles = ["تفاصيل جديدة", "هذا ما جرى اليوم", "تطور لافت", "بيان رسمي يكشف المستجدات", "ماذا قال المسؤولون؟"];

    public IReadOnlyDictionary<string, Func<Wire, Wire>> All => new Dictionary<string, Func<Wire, Wire>>
    {
        ["same text"] = wire => wire,
        ["re-titled"] = ReTitled,
        ["harakat"] = wire => Each(wire, 0.4, Harakat),
        ["spelling"] = wire => Each(wire, 0.35, Spelling),
        ["presentation forms"] = wire => Each(wire, 0.25, Presented),
        ["digits"] = wire => Each(wire, 1, Digits),
        ["agency head"] = Headed,
        ["outlet tail"] = Tailed,
        ["head and tail"] = wire => Headed(Tailed(wire)),
        ["outlet in title"] = wire => wire with { Title = $"{wire.Title} - {Pick(Outlets)}" },
        ["cut to 70 %"] = wire => Cut(wire, 0.7),
        ["cut to 50 %"] = wire => Cut(wire, 0.5),
        ["cut to 30 %"] = wire => Cut(wire, 0.3),
        ["summary of 40 words"] = wire => Cut(wire, 40.0 / Math.Max(40, wire.Words)),
        ["added at the end"] = wire => Added(wire, wire.Paragraphs.Count),
        ["added in the middle"] = wire => Added(wire, Math.Max(1, random.Next(wire.Paragraphs.Count))),
        ["added before"] = wire => Added(wire, 0, 0.3),
        ["paragraphs left out"] = LeftOut,
        ["title only"] = wire => wire with { Paragraphs = [] },
    };

    /// <summary>What may be done to one text at once: at most one of each list.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Together { get; } =
    [
        ["re-titled", "outlet in title"],
        ["cut to 70 %", "cut to 50 %", "cut to 30 %", "summary of 40 words", "added at the end", "added in the middle", "paragraphs left out"],
        ["harakat", "spelling", "presentation forms", "digits"],
        ["agency head", "outlet tail", "head and tail"],
    ];

    private string Pick(IReadOnlyList<string> from) => from[random.Next(from.Count)];

    private Wire ReTitled(Wire wire)
    {
        var words = wire.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string title = random.Next(3) switch
        {
            0 => Pick(Titles),
            1 => string.Join(' ', words.Skip(words.Length / 2)) + " : " + Pick(Titles),
            _ => Sentence(wire),
        };
        return wire with { Title = title };
    }

    private static string Sentence(Wire wire) =>
        string.Join(' ', (wire.Paragraphs.Count > 0 ? wire.Paragraphs[^1] : wire.Title).Split(' ').Take(9));

    private Wire Headed(Wire wire)
    {
        string head = random.Next(6) switch
        {
            0 => $"{Pick(Towns)}/ {Pick(Agencies)} - ",
            1 => $"{Pick(Towns)} ({Pick(Agencies)}) -- ",
            2 => $"{Pick(Agencies)} / {Pick(Towns)}: ",
            3 => $"خاص/ {Pick(Outlets)}\n",
            4 => $"{Pick(Outlets)} – {Pick(Towns)} – متابعة: نقلت وكالة {Pick(Agencies)} اليوم ",
            _ => $"{random.Next(1, 29)}/{random.Next(1, 13)}/2025 {random.Next(24)}:{random.Next(10, 60)} آخر تحديث\n{Pick(Towns)}-{Pick(Agencies)}\n",
        };
        return wire.Paragraphs.Count == 0 ? wire : wire with { Paragraphs = [head + wire.Paragraphs[0], .. wire.Paragraphs.Skip(1)] };
    }

    private Wire Tailed(Wire wire) => wire with { Paragraphs = [.. wire.Paragraphs, Pick(Tails)] };

    /// <summary>The first words, to the word or to the paragraph.</summary>
    private Wire Cut(Wire wire, double share)
    {
        int left = (int)Math.Ceiling(wire.Words * share);
        bool marked = random.Next(2) == 0;
        var kept = new List<string>();
        foreach (string paragraph in wire.Paragraphs)
        {
            var words = paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            kept.Add(words.Length <= left ? paragraph : string.Join(' ', words.Take(left)) + (marked ? "..." : ""));
            left -= words.Length;
            if (left <= 0)
                break;
        }

        return wire with { Paragraphs = kept };
    }

    private Wire Added(Wire wire, int at, double most = 0.5)
    {
        int room = (int)(wire.Words * (most - 0.2 + 0.2 * random.NextDouble()));
        var added = new List<string>();
        while (room > 0)
        {
            var words = Pick(foreign).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            added.Add(string.Join(' ', words.Take(room)));
            room -= words.Length;
        }

        return wire with { Paragraphs = [.. wire.Paragraphs.Take(at), .. added, .. wire.Paragraphs.Skip(at)] };
    }

    private Wire LeftOut(Wire wire) => wire.Paragraphs.Count < 4 ? wire
        : wire with { Paragraphs = [.. wire.Paragraphs.Where((_, i) => i == 0 || i % 4 != 2)] };

    private Wire Each(Wire wire, double share, Func<string, string> change)
    {
        return new(Changed(wire.Title), [.. wire.Paragraphs.Select(Changed)]);

        string Changed(string text) =>
            string.Join(' ', text.Split(' ').Select(word => random.NextDouble() < share ? change(word) : word));
    }

    private string Harakat(string word)
    {
        var marked = new StringBuilder();
        foreach (char letter in word)
        {
            marked.Append(letter);
            if (letter is >= 'ب' and <= 'ي' && random.Next(3) == 0)
                marked.Append((char)('\u064B' + random.Next(8)));
        }

        return marked.ToString();
    }

    private string Spelling(string word) => random.Next(6) switch
    {
        0 => word.Replace('أ', 'ا').Replace('إ', 'ا').Replace('آ', 'ا'),
        1 => word.EndsWith('ى') ? word[..^1] + 'ي' : word.EndsWith('ي') ? word[..^1] + 'ى' : word.Replace('ئ', 'ي').Replace('ؤ', 'و'),
        2 => word.Replace('ة', 'ه'),
        3 => word.Length > 3 ? word.Insert(word.Length / 2, "ـــ") : word,
        4 => word.Replace('ي', 'ی').Replace('ك', 'ک'),
        _ => word.Replace("الاستراتيجي", "الستراتيجي", StringComparison.Ordinal).Replace("أمريك", "أميرك", StringComparison.Ordinal)
            .Replace("مسؤول", "مسئول", StringComparison.Ordinal).Replace("إنّ", "ان", StringComparison.Ordinal),
    };

    /// <summary>As old typesetting writes letters: their isolated forms.</summary>
    private static string Presented(string word) =>
        word.Replace('ا', 'ﺍ').Replace('ب', 'ﺏ').Replace('ت', 'ﺕ').Replace('ل', 'ﻝ').Replace('م', 'ﻡ').Replace('ن', 'ﻥ').Replace('و', 'ﻭ').Replace('ي', 'ﻱ');

    private static string Digits(string word) => string.Concat(word.Select(letter => letter switch
    {
        >= '0' and <= '9' => (char)(letter - '0' + '٠'),
        >= '٠' and <= '٩' => (char)(letter - '٠' + '0'),
        _ => letter,
    }));
}
