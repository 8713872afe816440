namespace NewsMonitor.Topics.Arabic;

/// <summary>What is written onto the front of a word: conjunction, then preposition or particle, then article.</summary>
/// <param name="Text">The letters.</param>
/// <param name="Label">The same, taken apart for people.</param>
/// <param name="Takers">Which bodies take it.</param>
internal sealed record Proclitic(string Text, string Label, Attachment Takers)
{
    /// <summary>The letters as the matcher has them.</summary>
    public byte[] Codes { get; } = Letters.Encode(Text)!;
}

/// <summary>All proclitics there are, once each.</summary>
internal static class Proclitics
{
    public static Proclitic[] All { get; } = Build();

    private static Proclitic[] Build()
    {
        var all = new List<Proclitic>();
        foreach (string conjunction in (string[])["", "و", "ف", "ا"])
        {
            const Attachment Nominal = Attachment.Name | Attachment.Noun;
            bool bare = conjunction.Length == 0;
            Add("", "", Nominal | Attachment.Past | Attachment.Present | (bare ? Attachment.Bare | Attachment.Follower : 0));
            Add("ب", "ب", Nominal);
            Add("ك", "ك", Nominal);
            Add("ل", "ل", Nominal | Attachment.Past | Attachment.Present);
            Add("س", "س", Attachment.Present);
            Add("ال", "ال", Attachment.Noun | (bare ? Attachment.Follower : 0));
            Add("بال", "ب ال", Attachment.Noun);
            Add("كال", "ك ال", Attachment.Noun);
            // ل and ال together; before a stem in ل one lam is lost (للواء), which ل alone makes.
            Add("لل", "ل ال", Attachment.Noun | Attachment.LamName);

            void Add(string text, string label, Attachment takers)
            {
                // The أ of a question is written before another proclitic (أبالحوار، أستنسحب); before the bare word it is hardly ever.
                string front = conjunction == "ا" ? "أ" : conjunction;
                if (conjunction != "ا" || text is "ب" or "س" or "بال")
                    all.Add(new(conjunction + text, front.Length > 0 && label.Length > 0 ? $"{front} {label}" : front + label, takers));
            }
        }

        return [.. all];
    }
}
