namespace NewsMonitor.Digests;

/// <summary>Standard Arabic with the month names of Iraq. Counted nouns stand where the nominative is right, so that duals agree.</summary>
internal sealed class ArabicWords : DigestWords
{
    private static readonly string[] Months =
        ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"];

    // DayOfWeek begins on Sunday.
    private static readonly string[] Weekdays = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"];

    public override string Language => "ar";
    public override bool IsRightToLeft => true;
    public override string Title => "موجز الأخبار";
    public override string NothingNew => "لا أخبار جديدة";
    public override string Comma => "، ";
    public override string OtherTopic => "أخبار أخرى";
    public override string PossibleHeading => "أخبار محتملة الصلة";
    public override string PossibleNote => "وردت فيها كلمات الموضوع من دون ما يؤكد أنه المقصود، والحكم لك.";
    public override string Possible => "محتمل";
    public override string BriefHeading => "أخبار أخرى باختصار";
    public override string Unsubscribe => "إلغاء الاشتراك";
    public override string NoTitle => "(بلا عنوان)";

    public override string Stories(int count) => Counted.Of(count, Counted.Khabar);
    public override string Outlets(int count) => Counted.Of(count, Counted.Masdar);
    public override string Topics(int count) => Counted.Of(count, Counted.Mawdu);
    public override string AndMore(string topic) => $"{topic} وغيره";
    public override string Found(string time) => $"رُصد {time}";

    public override string Why => "سبب وروده هنا: قاعدة";
    public override string Where(bool title, bool text) => title && text ? "في العنوان والنص:" : title ? "في العنوان:" : "في النص:";

    public override string WhyAlso(string topic) => $"ويتناول أيضاً: {topic}";
    public override string Corrected => "تحديث: عدّل المصدر هذا الخبر بعد أن أُرسل إليك";
    public override string Withdrawn => "تحديث: عدّل المصدر هذا الخبر وحذف منه ما أُرسل إليك بسببه";
    public override string MoreMentions(int count) => $"وفي النص أيضاً: {Counted.Of(count, Counted.Ishara)}";
    public override string AlsoIn(int outlets) => outlets == 1 ? "نشره أيضاً:" : $"نشره أيضاً {Counted.Of(outlets, Counted.Masdar)}:";
    public override string MoreOutlets(int outlets) => $"وغيرها ({outlets})";
    public override string ToldUnder(string topic) => $"تفاصيله تحت {Quote(topic)}";

    public override string YouGetThis(IReadOnlyList<string> topics) => topics.Count == 0
        ? "تصلك هذه الرسالة لأن عنوانك مشترك في الموجز."
        : $"تصلك هذه الرسالة لأن عنوانك مشترك في موجز: {string.Join(Comma, topics)}.";

    public override string Edition(string id) => $"العدد: {id}";

    public override string TimesIn(string zone, string offset) => zone switch
    {
        "Asia/Baghdad" => $"الأوقات بتوقيت بغداد ({offset})",
        "UTC" or "Etc/UTC" => $"الأوقات بالتوقيت العالمي ({offset})",
        _ => $"الأوقات بتوقيت {zone} ({offset})",
    };

    public override string OpenQuote => "«";
    public override string CloseQuote => "»";

    protected override string Weekday(DayOfWeek day) => Weekdays[(int)day];
    protected override string Month(int month) => Months[month - 1];
}
