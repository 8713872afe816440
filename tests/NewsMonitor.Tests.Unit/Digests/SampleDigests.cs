using NewsMonitor.Digests;
using NewsMonitor.Hits;
using NewsMonitor.Topics;

namespace NewsMonitor.Tests.Unit.Digests;

/// <summary>Digests as readers get them. The stories were written for these tests; only their subject is real.</summary>
internal static class SampleDigests
{
    public static readonly TimeZoneInfo Baghdad = TimeZoneInfo.CreateCustomTimeZone("Asia/Baghdad", TimeSpan.FromHours(3), "Baghdad", "Baghdad");

    /// <summary>06:05 in Baghdad.</summary>
    public static readonly DateTimeOffset At = new(2021, 4, 8, 3, 5, 0, TimeSpan.Zero);

    public static readonly DigestTopic DialogueAr = new("strategic-dialogue", "الحوار الاستراتيجي",
        new Dictionary<string, string> { ["dialogue"] = "ذكر الحوار الاستراتيجي" });

    public static readonly DigestTopic TroopsAr = new("redeployment", "إعادة انتشار القوات",
        new Dictionary<string, string> { ["movement"] = "حركة القوات" });

    public static readonly DigestTopic DialogueEn = new("strategic-dialogue", "Strategic dialogue",
        new Dictionary<string, string> { ["dialogue"] = "dialogue by name" });

    public static readonly DigestTopic TroopsEn = new("redeployment", "Troop redeployment",
        new Dictionary<string, string> { ["movement"] = "troop movement" });

    public static Digest Realistic(string language) => new(
        "2021-04-08-morning-6f1c2a", language, Baghdad, At,
        language == "ar" ? [DialogueAr, TroopsAr] : [DialogueEn, TroopsEn],
        [
            Story("a1", "لجنة فنية برئاسة رئيس الأركان لتنفيذ مخرجات الحوار الستراتيجي مع واشنطن",
                [
                    Match("strategic-dialogue", Strength.Confirmed,
                        new Mention("dialogue", "title", 50, 66, "الحوار الستراتيجي", "لجنة فنية برئاسة رئيس الأركان لتنفيذ مخرجات الحوار الستراتيجي مع واشنطن"),
                        new Mention("dialogue", "text", 120, 137, "الحوار الستراتيجي", "وقال المتحدث إن اللجنة ستعقد محادثات فنية مع الجانب الأميركي لإقرار التوقيتات التي أفضت إليها الجولة الثالثة من الحوار الستراتيجي بين بغداد وواشنطن."),
                        new Mention("dialogue", "text", 420, 437, "للحوار الستراتيجي", "وكان البيت الأبيض قد أعلن موعد الجولة الجديدة للحوار الستراتيجي مطلع نيسان.")),
                    Match("redeployment", Strength.Confirmed,
                        new Mention("movement", "text", 300, 330, "بإعادة نشر المتبقي من القوات القتالية", "وتحوّل دور القوات إلى التدريب والاستشارة على نحو يسمح بإعادة نشر المتبقي من القوات القتالية خارج العراق، على أن يُتفق على التوقيتات لاحقاً.")),
                ],
                Outlet("nas", "ناس نيوز", "https://www.nasnews.example/?p=88213", -180), Outlet("shafaq", "شفق نيوز", "https://shafaq.example/ar/1", -150),
                Outlet("reuters", "Reuters عربي", "https://reuters.example/world/iraq", -95), Outlet("alsumaria", "السومرية", "https://alsumaria.example/news/3", -40)),
            Story("a2", "وزير الخارجية: الجولة الثالثة عبر الفيديو تناولت الاقتصاد والطاقة والتعليم",
                [
                    Match("strategic-dialogue", Strength.Confirmed,
                        new Mention("dialogue", "text", 80, 99, "المحادثات الاستراتيجية", "وأوضح الوزير أن المحادثات الاستراتيجية مع الولايات المتحدة تحظى باهتمام الحكومة، وأن ملفات الطاقة والتبادل الثقافي أخذت حيزاً واسعاً من الجولة.")),
                ],
                Outlet("ina", "وكالة الأنباء العراقية", "https://ina.example/121", -300), Outlet("rudaw", "Rudaw", "https://rudaw.example/arabic/9", -260)),
            Story("a3", "مسؤول عسكري: جدول زمني لانسحاب القوات القتالية يُعلن بعد المحادثات الفنية",
                [
                    Match("redeployment", Strength.Confirmed,
                        new Mention("movement", "title", 24, 45, "لانسحاب القوات القتالية", "مسؤول عسكري: جدول زمني لانسحاب القوات القتالية يُعلن بعد المحادثات الفنية"),
                        new Mention("movement", "text", 60, 90, "سحب ما تبقى من قوات التحالف", "وأكد المسؤول أن سحب ما تبقى من قوات التحالف من قاعدة عين الأسد سيجري على مراحل، وأن بقاء المدربين رهن بطلب الحكومة.")),
                ],
                Outlet("mada", "المدى", "https://almadapaper.example/view/77", -700)),
            Story("a4", "الناطق باسم الحلف: لا تغيير في بعثة التدريب هذا العام",
                [
                    Match("redeployment", Strength.Possible,
                        new Mention("movement", "text", 10, 30, "تقليص عدد الجنود", "وأضاف الناطق أن تقليص عدد الجنود ليس مطروحاً في الوقت الحاضر، وأن البعثة تعمل بدعوة من الدولة المضيفة.")),
                ],
                Outlet("dw", "DW عربية", "https://dw.example/ar/a-5", -900)),
        ],
        new Uri("https://news.example.org/unsubscribe?t=Q2hhbmdlTWU"));

    public static Digest Of(string language, int stories) => new(
        $"2021-04-08-{stories}", language, Baghdad, At, language == "ar" ? [DialogueAr, TroopsAr] : [DialogueEn, TroopsEn],
        [.. Enumerable.Range(1, stories).Select(number => Story(
            $"s{number:000}", $"الخبر رقم {number} عن جولة جديدة من الحوار الاستراتيجي",
            [
                Match(number % 2 == 0 ? "redeployment" : "strategic-dialogue", number % 5 == 0 ? Strength.Possible : Strength.Confirmed,
                    new Mention("dialogue", "text", 12, 30, $"العبارة {number}", $"وجاء في الجملة الأولى من النص العبارة {number} كما وردت.")),
            ],
            Outlet($"o{number % 7}", $"منبر {number % 7}", $"https://outlet{number % 7}.example/news/{number}", -number)))],
        null);

    public static Digest With(string language, params Story[] stories) => Of(language, 0) with { Stories = stories };

    public static Story Story(string id, string headline, IReadOnlyList<TopicMatch> topics, params StorySource[] sources) => new(
        NewsMonitor.Hits.Story.CurrentSchema, id, sources.Length > 0 ? sources[0].Found : At, headline, "ar", topics, sources);

    public static TopicMatch Match(string topic, Strength strength, params Mention[] mentions) => new(topic, strength, 1, mentions);

    public static StorySource Outlet(string id, string name, string? url, int minutes, string title = "") =>
        new($"{id}-hit", id, name, title, url, At.AddMinutes(minutes), At.AddMinutes(minutes + 3));
}
