namespace NewsMonitor.Quality.Stories;

/// <summary>Articles that look like copies of others and are none.</summary>
public sealed class Decoys(Random random)
{
    private static readonly string[] Places =
        ["قضاء الطارمية", "ناحية الرشاد", "حوض حمرين", "قضاء مخمور", "صحراء الأنبار", "وادي الشاي", "قضاء داقوق", "ناحية العظيم", "جبال قره جوخ", "غرب سامراء"];

    private static readonly string[] Provinces = ["ديالى", "كركوك", "نينوى", "صلاح الدين", "الأنبار", "بغداد", "بابل", "واسط"];

    private static readonly string[] Units =
        ["قيادة عمليات ديالى", "الفرقة الأولى", "اللواء الخامس والعشرون", "جهاز مكافحة الإرهاب", "مديرية الاستخبارات العسكرية", "الحشد الشعبي", "الشرطة الاتحادية"];

    private static readonly string[] Names =
        ["أحمد الجبوري", "حسين العامري", "كريم الساعدي", "سعد الدليمي", "علي الكناني", "محمود الزيدي", "طارق العبيدي", "جاسم الربيعي"];

    private static readonly string[] Teams = ["الشرطة", "الزوراء", "القوة الجوية", "النجف", "الطلبة", "زاخو", "دهوك", "الميناء", "نفط الوسط"];

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private int Number(int from, int to) => random.Next(from, to);

    /// <summary>One article of a kind that is written by a template, each time with other places, numbers and names.</summary>
    public IReadOnlyDictionary<string, Func<Wire>> Templates => new Dictionary<string, Func<Wire>>
    {
        ["security communiqué"] = () =>
        {
            string place = Pick(Places);
            return Wire.Of(
                $"العثور على مخلفات حربية في {place}",
                $"أعلنت خلية الإعلام الأمني، اليوم، العثور على مخلفات لعصابات داعش الإرهابية في {place}.\n"
                + $"وذكرت الخلية في بيان أن قوة من {Pick(Units)} وبناء على معلومات استخبارية دقيقة عثرت على {Number(3, 90)} عبوة ناسفة و{Number(2, 70)} قذيفة هاون "
                + $"و{Number(2, 40)} صاروخاً خلال عملية تفتيش في {place} بمحافظة {Pick(Provinces)}.\n"
                + "وأضافت أن الجهد الهندسي فجّر المواد تحت السيطرة من دون حادث يذكر، وأن العمليات مستمرة لملاحقة بقايا العصابات الإرهابية وتجفيف منابعها.");
        },
        ["oil prices"] = () =>
        {
            bool up = random.Next(2) == 0;
            return Wire.Of(
                up ? "أسعار النفط ترتفع في الأسواق العالمية" : "أسعار النفط تتراجع في الأسواق العالمية",
                $"{(up ? "ارتفعت" : "تراجعت")} أسعار النفط، اليوم، في الأسواق العالمية.\n"
                + $"وسجلت العقود الآجلة لخام برنت {Number(60, 99)}.{Number(10, 99)} دولاراً للبرميل {(up ? "بزيادة" : "بانخفاض")} قدرها {Number(2, 99)} سنتاً، "
                + $"فيما بلغ خام غرب تكساس الوسيط الأمريكي {Number(55, 95)}.{Number(10, 99)} دولاراً للبرميل، بتغير نسبته {Number(1, 4)}.{Number(1, 9)} بالمئة.\n"
                + $"وأغلق خام البصرة الثقيل على {Number(55, 90)}.{Number(10, 99)} دولاراً، وخام البصرة المتوسط على {Number(58, 92)}.{Number(10, 99)} دولاراً للبرميل.");
        },
        ["exchange rates"] = () => Wire.Of(
            "أسعار صرف الدولار في بغداد وأربيل",
            $"سجلت أسعار صرف الدولار أمام الدينار العراقي في بورصتي الكفاح والحارثية {Number(140, 155)}{Number(100, 999)} ديناراً مقابل كل 100 دولار.\n"
            + $"وفي أسواق الصيرفة بلغ سعر البيع {Number(140, 155)}{Number(100, 999)} ديناراً، وسعر الشراء {Number(140, 155)}{Number(100, 999)} ديناراً. "
            + $"وفي أربيل بلغ سعر البيع {Number(140, 155)}{Number(100, 999)} ديناراً لكل 100 دولار."),
        ["casualties"] = () => Wire.Of(
            "مقتل وإصابة عدد من الأشخاص بحادث سير",
            $"أفاد مصدر في الشرطة، اليوم، بأن {Number(2, 9)} أشخاص قتلوا وأصيب {Number(3, 30)} آخرون بحادث سير على الطريق الرابط بين {Pick(Provinces)} و{Pick(Provinces)}.\n"
            + $"وأوضح المصدر أن الحادث وقع عند {Pick(Places)} بسبب السرعة الزائدة، وأن فرق الإسعاف نقلت المصابين إلى المستشفى وجثث القتلى إلى الطب العدلي."),
        ["weather"] = () => Wire.Of(
            "الأنواء الجوية تعلن حالة الطقس في العراق",
            $"توقعت هيئة الأنواء الجوية أن يكون طقس يوم غد في المنطقة الوسطى {Pick(["صحواً", "غائماً جزئياً", "مغبراً", "ممطراً"])}، ودرجة الحرارة العظمى في بغداد {Number(10, 50)}، "
            + $"وفي المنطقة الشمالية {Pick(["صحواً", "غائماً", "مثلجاً"])} والعظمى في دهوك {Number(5, 40)}، وفي المنطقة الجنوبية {Pick(["صحواً", "مغبراً", "رطباً"])} والعظمى في البصرة {Number(12, 52)} درجة مئوية. "
            + $"وأضافت أن الرياح ستكون {Pick(["شمالية غربية", "جنوبية شرقية", "متغيرة الاتجاه"])} خفيفة إلى معتدلة السرعة."),
        ["match result"] = () =>
        {
            string home = Pick(Teams), guest = Pick(Teams);
            int goals = Number(1, 6);
            return Wire.Of(
                $"{home} يفوز على {guest} في دوري نجوم العراق",
                $"حقق فريق {home} فوزاً ثميناً على ضيفه {guest} بنتيجة {goals}-{Number(0, goals)} في المباراة التي جرت اليوم ضمن الجولة {Number(2, 38)} من دوري نجوم العراق.\n"
                + $"وسجل أهداف الفائز {Pick(Names)} في الدقيقة {Number(2, 90)}. وبهذه النتيجة رفع {home} رصيده إلى {Number(10, 80)} نقطة، فيما تجمد رصيد {guest} عند {Number(5, 70)} نقطة.");
        },
        ["officials meet"] = () =>
        {
            string guest = Pick(Names);
            return Wire.Of(
                $"رئيس الوزراء يستقبل النائب {guest}",
                $"استقبل رئيس مجلس الوزراء القائد العام للقوات المسلحة، اليوم، في مكتبه ببغداد النائب {guest} عن محافظة {Pick(Provinces)}.\n"
                + "وجرى خلال اللقاء بحث الأوضاع العامة في البلاد ومناقشة عدد من الملفات ذات الاهتمام المشترك، وتأكيد أهمية توحيد الجهود لخدمة المواطنين ودعم البرنامج الحكومي.\n"
                + $"وحضر اللقاء {Pick(Names)} و{Pick(Names)}.");
        },
        ["flash"] = () => Wire.Of("عاجل", $"عاجل | {Pick(Units)}: مقتل {Number(2, 20)} إرهابيين بضربة جوية في {Pick(Places)}"),
    };

    /// <summary>News of its own before what the earlier article said.</summary>
    public Wire FollowUp(Wire earlier, Wire news)
    {
        int from = Math.Max(1, earlier.Paragraphs.Count / 2);
        var lead = new List<string>();
        foreach (string paragraph in news.Paragraphs)
        {
            lead.Add(paragraph);
            if (new Wire("", lead).Words >= 45)
                break;
        }

        return new(news.Title, [.. lead, "وكان", .. earlier.Paragraphs.Skip(from)]);
    }

    /// <summary>The beginnings of several articles, under a title and an opening of its own.</summary>
    public Wire Roundup(IReadOnlyList<Wire> articles)
    {
        var parts = articles.Select(article => string.Join(' ', article.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(Number(40, 90))));
        return new(
            $"أبرز أخبار اليوم: {articles[0].Title}",
            ["نعرض لكم في ما يلي موجزاً لأبرز ما نشرناه من أخبار خلال الساعات الأربع والعشرين الماضية.", .. parts]);
    }

    /// <summary>Another text in one outlet's standing words.</summary>
    public static Wire InStandingWords(Wire own) => new(own.Title,
    [
        "تنويه: هذه المادة من خدمة الأخبار المشتركة لشبكة الرافدين الإعلامية، وتنشر بالتزامن في مواقع الشبكة كافة وفق سياسة التحرير المعتمدة.",
        string.Join(' ', own.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(60)),
        "شبكة الرافدين الإعلامية مؤسسة مستقلة تأسست لنقل الخبر بدقة وحياد، وتلتزم مدونة السلوك المهني. الآراء المنشورة تعبر عن كتّابها ولا تعبر بالضرورة عن رأي الشبكة.",
        "يمكنكم مراسلتنا عبر البريد أو تطبيق الهاتف، ومتابعة حساباتنا في منصات التواصل الاجتماعي كافة ليصلكم الخبر فور وقوعه، ولا تنسوا تفعيل زر الإشعارات.",
    ]);
}
