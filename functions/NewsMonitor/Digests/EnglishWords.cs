namespace NewsMonitor.Digests;

internal sealed class EnglishWords : DigestWords
{
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public override string Language => "en";
    public override bool IsRightToLeft => false;
    public override string Title => "News digest";
    public override string NothingNew => "No new stories";
    public override string Comma => ", ";
    public override string OtherTopic => "Other stories";
    public override string PossibleHeading => "Possibly related";
    public override string PossibleNote => "The words are there; what would confirm the topic is not. Judge for yourself.";
    public override string Possible => "Possible";
    public override string BriefHeading => "More stories, in brief";
    public override string Unsubscribe => "Unsubscribe";
    public override string NoTitle => "(no title)";

    public override string Stories(int count) => Counted.Of(count, Counted.Story);
    public override string Outlets(int count) => Counted.Of(count, Counted.Outlet);
    public override string Topics(int count) => Counted.Of(count, Counted.Topic);
    public override string AndMore(string topic) => $"{topic} and more";
    public override string Found(string time) => $"found {time}";

    public override string Why => "Why it is here: rule";
    public override string Where(bool title, bool text) => title && text ? "in the title and text:" : title ? "in the title:" : "in the text:";

    public override string WhyAlso(string topic) => $"Also about {topic}";
    public override string Corrected => "Update: the outlet has changed this article since you were told of it";
    public override string Withdrawn => "Update: the outlet has taken out of this article what you were told of it for";
    public override string MoreMentions(int count) => $"{count} more {(count == 1 ? Counted.Mention.One : Counted.Mention.Other)} in the text";
    public override string AlsoIn(int outlets) => $"Also in {Counted.Of(outlets, Counted.Outlet)}:";
    public override string MoreOutlets(int outlets) => $"and {outlets} more";
    public override string ToldUnder(string topic) => $"in full under {Quote(topic)}";

    public override string YouGetThis(IReadOnlyList<string> topics) => topics.Count == 0
        ? "You get this mail because this address subscribes to the digest."
        : $"You get this mail because this address subscribes to the digest on: {string.Join(Comma, topics)}.";

    public override string Edition(string id) => $"Edition: {id}";
    public override string TimesIn(string zone, string offset) =>
        $"Times: {zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ')} ({offset})";
    public override string OpenQuote => "“";
    public override string CloseQuote => "”";

    protected override string Weekday(DayOfWeek day) => day.ToString();
    protected override string Month(int month) => Months[month - 1];
}
