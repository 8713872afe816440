namespace NewsMonitor.Tests.Unit.Articles.Pages;

/// <summary>An article as a newsroom wrote it, to be put into the pages of several sites.</summary>
internal sealed record Story(string Slug, string Title, IReadOnlyList<string> Paragraphs)
{
    public string Body => string.Join('\n', Paragraphs);

    /// <summary>The paragraphs, each between these.</summary>
    public string In(string before, string after) => string.Concat(Paragraphs.Select(p => before + p + after));

    public static readonly Story Floods = new(
        "floods",
        "السيول تقطع الطرق في محافظات الشمال وفرق الإنقاذ تبحث عن عالقين",
        [
            "قطعت السيول التي أعقبت أمطاراً غزيرة استمرت يومين عدداً من الطرق الرئيسة في محافظات الشمال، وفق ما أعلنت مديرية الدفاع المدني صباح اليوم.",
            "وقال الناطق باسم المديرية إن فرق الإنقاذ أخلت أكثر من مئتي عائلة من القرى القريبة من الوادي، ونقلتها إلى مدارس جهزت لاستقبالها.",
            "وأضاف: \"ما زلنا نبحث عن ثلاثة أشخاص فُقد الاتصال بهم منذ فجر أمس، والأحوال الجوية تعيق عمل الطائرات المروحية\".",
            "وطلبت دائرة الأنواء الجوية من السكان الابتعاد عن مجاري الأودية، متوقعة أن تخف الأمطار مساء الغد.",
            "وفي المستشفى العام، ذكر مدير الطوارئ أن خمسة عشر مصاباً تلقوا العلاج، معظمهم بكسور ورضوض، وأن حالاتهم مستقرة.",
            "وكانت الحكومة خصصت قبل شهرين مبلغاً لتنظيف قنوات التصريف، غير أن مجالس محلية قالت إن العمل لم يبدأ بعد.",
        ]);

    public static readonly Story Market = new(
        "market",
        "أسعار الخضار تتراجع مع بداية الموسم والتجار يتحدثون عن فائض",
        [
            "تراجعت أسعار الخضار في الأسواق الشعبية بنحو الثلث خلال أسبوع، مع دخول محصول المزارع القريبة إلى علوة المدينة، كما يقول تجار.",
            "ويرى أبو حسين، وهو بائع جملة، أن السبب هو وفرة الطماطم والخيار هذا العام، إلى جانب تأخر التصدير.",
            "في المقابل يشكو المزارعون من أن السعر لا يغطي كلفة الأسمدة والوقود، ويطالبون بفتح منافذ جديدة للبيع.",
            "وبحسب وزارة الزراعة فإن المساحات المزروعة زادت عشرين في المئة عن الموسم الماضي، وهو ما لم تستعد له مخازن التبريد.",
            "ويخشى خبراء أن يدفع الفائض بعض المزارعين إلى ترك أرضهم في الموسم المقبل، فترتفع الأسعار من جديد.",
        ]);

    /// <summary>News in two sentences, shorter than what stands around it.</summary>
    public static readonly Story Brief = new(
        "brief",
        "وفد فني يصل إلى العاصمة لبحث ملف الطاقة",
        [
            "وصل وفد فني إلى العاصمة مساء الاثنين لبحث ملف الربط الكهربائي، وكان في استقباله وكيل الوزارة.",
            "ومن المقرر أن تستمر الاجتماعات ثلاثة أيام، على أن تختتم بتوقيع مذكرة تفاهم.",
        ]);
}

/// <summary>What stands around articles: none of it may be read as the article's, for these headlines would be hits.</summary>
internal static class Around
{
    public static readonly string[] Headlines =
    [
        "بغداد وواشنطن تعقدان جولة جديدة من الحوار الاستراتيجي", "البنتاغون يعلن سحب القوات الأميركية من قاعدة عين الأسد",
        "إعادة انتشار قوات التحالف في العراق خلال أسابيع", "البرلمان يصوت على جدولة انسحاب القوات الأجنبية",
        "نتائج الدوري الممتاز لكرة القدم", "وصفة اليوم: شوربة العدس على الطريقة القديمة",
    ];

    public const string Teaser = "أعلنت وزارة الدفاع أن جولة ثانية من الحوار الاستراتيجي ستبحث جدولة انسحاب القوات الأميركية من البلاد، في موعد يحدد لاحقاً بحسب البيان.";

    public const string Comment = "برأيي المتواضع فإن الحوار الاستراتيجي لن يغير شيئاً ما دامت القوات الأميركية باقية، وهذا كلام قلناه من سنوات ولم يسمعنا أحد من المسؤولين.";

    /// <summary>Words that only the surroundings say.</summary>
    public static readonly string[] Marks = ["الحوار الاستراتيجي", "القوات الأميركية", "قوات التحالف", "القوات الأجنبية", "الدوري الممتاز", "شوربة العدس", "ملفات تعريف الارتباط"];

    public static string Links(string before, string after, int first = 0, int count = 6) =>
        string.Concat(Headlines.Skip(first).Take(count).Select((h, i) => $"{before}<a href=\"/news/{900 + i}\">{h}</a>{after}"));

    public static string List(string name) => $"<ul class=\"{name}\">{Links("<li>", "</li>")}</ul>";

    public const string Menu =
        """<a href="/">الرئيسية</a> <a href="/politics">سياسة</a> <a href="/iraq">شأن عراقي</a> <a href="/economy">اقتصاد</a> <a href="/sport">رياضة</a> <a href="/culture">ثقافة</a>""";

    public const string Cookies =
        """نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع وتحليل الزيارات، وباستمرارك في التصفح فإنك توافق على سياسة الخصوصية. <button>موافق</button>""";

    public const string Share =
        """<a href="https://facebook.com/sharer">فيسبوك</a><a href="https://x.com/intent">تويتر</a><a href="https://wa.me/">واتساب</a><a href="#">نسخ الرابط</a>""";
}
