using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Tests.Unit.Topics;

public sealed class SentencesTests
{
    private static string Around(string text, string mention)
    {
        int start = text.IndexOf(mention, StringComparison.Ordinal);
        return Sentences.Around(text, start, start + mention.Length, whole: false);
    }

    [Theory]
    [InlineData("أولا. هنا الحوار! ثالثا", "هنا الحوار!")]
    [InlineData("أولا؟ هنا الحوار؟ ثالثا", "هنا الحوار؟")]
    [InlineData("أولا؛ هنا الحوار… ثالثا", "هنا الحوار…")]
    [InlineData("أولا\n  هنا الحوار \nثالثا", "هنا الحوار")]
    [InlineData("بنسبة 3.5 هنا الحوار", "بنسبة 3.5 هنا الحوار")]
    [InlineData("قال د. حسين هنا الحوار", "قال د. حسين هنا الحوار")]
    [InlineData("وكالة أ.ف.ب هنا الحوار", "وكالة أ.ف.ب هنا الحوار")]
    [InlineData("موقع www.example.com هنا الحوار", "موقع www.example.com هنا الحوار")]
    [InlineData("قال: «هنا الحوار.» ثالثا", "قال: «هنا الحوار.»")]
    [InlineData("أولا.هنا الحوار...ثالثا", "هنا الحوار...")]
    public void Quotes_the_sentence(string text, string expected) => Assert.Equal(expected, Around(text, "الحوار"));

    [Fact]
    public void Quotes_whole_words_around_a_mention_in_an_endless_sentence()
    {
        string words = string.Concat(Enumerable.Repeat("كلمات ", 1000));
        string quote = Around(words + "الحوار " + words, "الحوار");
        Assert.InRange(quote.Length, 500, Sentences.MaxQuote);
        Assert.All(quote.Split(' '), w => Assert.Contains(w, (string[])["كلمات", "الحوار"]));
    }

    [Fact]
    public void Never_cuts_a_surrogate_pair()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string smileys = string.Concat(Enumerable.Repeat("😀", 1000));
            string quote = Around(new string('x', shift) + smileys + "الحوار" + smileys, "الحوار");
            Assert.InRange(quote.Length, 500, Sentences.MaxQuote);
            Assert.False(char.IsLowSurrogate(quote[0]) || char.IsHighSurrogate(quote[^1]));
        }
    }

    [Fact]
    public void A_mention_inside_endless_words_is_quoted_alone()
    {
        string letters = new('س', 5000);
        Assert.Equal("الحوار", Around($"{letters} الحوار {letters}", "الحوار"));
    }
}
