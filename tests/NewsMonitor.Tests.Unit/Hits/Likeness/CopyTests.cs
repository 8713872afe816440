using NewsMonitor.Hits.Likeness;

namespace NewsMonitor.Tests.Unit.Hits.Likeness;

public sealed class CopyTests
{
    private const string Title = "القوات العراقية تتسلم معسكر التاجي من التحالف الدولي";

    private const string Lead =
        "تسلمت وزارة الدفاع العراقية معسكر التاجي شمالي بغداد بالكامل، بعد خروج ثلاثمئة وخمسين جندياً أسترالياً ونيوزيلندياً كانوا يدربون ألوية المشاة والهندسة.";

    private const string Middle =
        "وذكر ناطق باسم الوزارة أن حقول الرمي وقاعات الدراسة ستحول إلى مدرسة لضباط الصف، وأن دفعة جديدة من المتطوعين ستلتحق بها مطلع الشهر المقبل.";

    private const string Background =
        "ويضم التحالف الدولي الذي تشكل عام 2014 عشرات الدول، وقدم منذ ذلك الحين الإسناد الجوي والتدريب والمشورة للقوات العراقية والبيشمركة خلال معارك استعادة المدن، "
        + "وتقول الحكومة إن قواتها باتت قادرة على تولي الملف الأمني بمفردها في إطار الحوار الاستراتيجي مع واشنطن.";

    private const string Other =
        "أطلق البنك المركزي العراقي نظاماً إلكترونياً جديداً لتدقيق الحوالات الخارجية يعتمد على مراسلة المصارف العالمية مباشرة، ليحل تدريجياً محل نافذة بيع العملة. "
        + "وقال المحافظ إن ثلاثة أرباع طلبات التجار باتت تنجز خلال يومين، وإن المصارف غير الملتزمة بمعايير الامتثال ستحرم من التعامل بالدولار.";

    private const string Text = Lead + "\n" + Middle + "\n" + Background;

    private static double Likeness(string title, string text, string otherTitle, string otherText, double days = 0.2) =>
        TextSketch.Likeness(TextSketch.Of(title, text), TextSketch.Of(otherTitle, otherText), TimeSpan.FromDays(days));

    private static void Copies(string title, string text, double days = 0.2) =>
        Assert.InRange(Likeness(Title, Text, title, text, days), TextSketch.Copy, 1);

    private static void Others(string title, string text, string otherTitle, string otherText, double days = 0.2) =>
        Assert.InRange(Likeness(title, text, otherTitle, otherText, days), 0, TextSketch.Copy - 0.001);

    [Fact]
    public void The_same_text_is_a_copy_for_thirty_days()
    {
        Copies(Title, Text);
        Copies("عنوان لا صلة له بما سبق", Text, days: 29.9);
        Others(Title, Text, Title, Text, days: 30.1);
    }

    [Theory]
    [InlineData("بغداد/ واع - ", "")]
    [InlineData("السومرية نيوز – بغداد – متابعة: ", "\nالمصدر: وكالات")]
    [InlineData("", "\nجميع الحقوق محفوظة. لا يجوز نشر هذه المادة أو إعادة بثها من دون إذن خطي مسبق من إدارة الموقع.")]
    [InlineData("", "\n" + Other)]
    public void A_head_a_tail_or_more_paragraphs_make_no_other_story(string head, string tail) => Copies("عنوان آخر تماماً", head + Text + tail);

    [Fact]
    public void Paragraphs_before_and_in_the_midst_make_no_other_story()
    {
        Copies(Title, "وفي سياق متصل شهدت العاصمة هدوءاً حذراً طوال ساعات النهار بحسب شهود عيان تحدثوا إلى مراسلنا.\n" + Text);
        Copies("عنوان آخر تماماً", Lead + "\n" + Other + "\n" + Middle + "\n" + Background);
    }

    [Fact]
    public void A_text_that_was_cut_short_is_a_copy()
    {
        Copies("عنوان آخر تماماً", Lead + "\n" + Middle);
        Copies("عنوان آخر تماماً", Lead + "...");
        Copies("عنوان آخر تماماً", "بغداد (رويترز) - " + Lead);
    }

    [Fact]
    public void Other_spelling_makes_no_other_story() => Copies(
        "عنوان آخر تماماً",
        Text.Replace('ة', 'ه').Replace('أ', 'ا').Replace('إ', 'ا').Replace('ي', 'ی').Replace('ك', 'ک').Replace("2014", "٢٠١٤", StringComparison.Ordinal)
            .Replace("الاستراتيجي", "الستراتيجي", StringComparison.Ordinal).Replace("الدفاع", "الدِّفـــاعِ", StringComparison.Ordinal)
            .Replace("ثلاثمئة وخمسين", "ثلاثمائة وخمسين", StringComparison.Ordinal).Replace("معسكر", "ﻣﻌﺴﻜﺮ", StringComparison.Ordinal));

    [Fact]
    public void A_title_without_a_text_belongs_to_its_article_for_some_days()
    {
        Copies(Title, "");
        Copies($"عاجل | {Title} - شفق نيوز", "");
        Others(Title, Text, Title, "", days: 8);
        Others("أخبار اليوم", Text, "أخبار اليوم", "");
    }

    [Fact]
    public void A_follow_up_with_the_same_background_is_another_story() => Others(
        Title, Text, "فرنسا تسحب مدربيها من كركوك", "قررت باريس سحب نحو مئة مدرب من قاعدة كي وان قرب كركوك قبل نهاية الخريف، مع الإبقاء على فريق استشاري صغير "
            + "داخل مقر قيادة العمليات في العاصمة، وعزت وزيرة الجيوش القرار إلى استكمال برنامج تأهيل لواء المدفعية السادس.\n" + Background);

    [Fact]
    public void A_roundup_does_not_glue_its_stories()
    {
        string roundup = Lead + "\n" + Middle + "\n" + Other + "\n" + Other.Replace("البنك المركزي العراقي", "مصرف الرافدين", StringComparison.Ordinal);
        Others("موجز الأخبار", roundup, "البنك المركزي يطلق منصة جديدة للحوالات", Other);
    }

    [Theory]
    [InlineData("أسعار صرف الدولار في أسواق بغداد وأربيل", "سجلت أسعار صرف الدولار في بورصتي الكفاح والحارثية {0} ديناراً مقابل كل 100 دولار، وبلغ سعر البيع في أسواق الصيرفة {1} ديناراً.", "148500", "149250", "147100", "148000")]
    [InlineData("مقتل وإصابة عدد من الأشخاص بحادث سير", "أفاد مصدر في الشرطة بأن {0} أشخاص قتلوا وأصيب آخرون بحادث سير على الطريق الرابط بين بغداد و{1}، وأن فرق الإسعاف نقلت المصابين إلى المستشفى.", "خمسة", "واسط", "سبعة", "بابل")]
    [InlineData("العثور على مخلفات حربية في ديالى", "أعلنت خلية الإعلام الأمني العثور على {0} عبوة ناسفة من مخلفات داعش في {1} خلال عملية تفتيش نفذتها قوة من قيادة العمليات، وفجرها الجهد الهندسي تحت السيطرة.", "12", "حوض حمرين", "31", "ناحية العظيم")]
    [InlineData("رئيس الوزراء يستقبل عدداً من النواب اليوم", "استقبل رئيس مجلس الوزراء في مكتبه ببغداد النائب {0} عن محافظة {1}، وجرى خلال اللقاء بحث الأوضاع العامة في البلاد وتوحيد الجهود لخدمة المواطنين.", "كريم الساعدي", "ذي قار", "سعد الدليمي", "الأنبار")]
    public void Texts_of_one_template_with_other_numbers_and_names_are_others(string title, string template, string a, string b, string otherA, string otherB) =>
        Others(title, Fill(template, a, b), title, Fill(template, otherA, otherB), days: 1);

    private static string Fill(string template, string a, string b) =>
        template.Replace("{0}", a, StringComparison.Ordinal).Replace("{1}", b, StringComparison.Ordinal);

    [Fact]
    public void A_flash_is_its_copies_and_no_other_flash()
    {
        const string flash = "عاجل | مقتل 5 عناصر من داعش بضربة جوية في حوض حمرين";
        Assert.InRange(Likeness("عاجل", flash, "عاجل", flash), TextSketch.Copy, 1);
        Others("عاجل", flash, "عاجل", flash.Replace("5", "7", StringComparison.Ordinal));
        Others("عاجل", flash, "عاجل", flash.Replace("حوض حمرين", "وادي الشاي", StringComparison.Ordinal));
        Others("عاجل", "", "عاجل", "");
    }

    [Fact]
    public void The_same_title_does_not_join_texts_that_are_clearly_others() =>
        Others("أبرز ما جاء في الصحف المحلية", Text, "أبرز ما جاء في الصحف المحلية", Other, days: 1);

    [Fact]
    public void An_outlets_standing_words_do_not_join_its_articles()
    {
        const string head = "تنويه: هذه المادة من خدمة الأخبار المشتركة للشبكة وتنشر بالتزامن في مواقعها كافة. ";
        const string tail = "\nالشبكة مؤسسة مستقلة تأسست لنقل الخبر بدقة وحياد وتلتزم مدونة السلوك المهني. الآراء المنشورة تعبر عن كتّابها ولا تعبر بالضرورة عن رأي الشبكة. "
            + "يمكنكم مراسلتنا عبر البريد ومتابعة حساباتنا في منصات التواصل ليصلكم الخبر فور وقوعه.";
        Others("عنوان أول للخبر هنا", head + Lead + tail, "عنوان ثان لغيره هناك", head + Other + tail);
    }
}
