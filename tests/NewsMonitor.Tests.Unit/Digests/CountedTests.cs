using NewsMonitor.Digests;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "لا أخبار")]
    [InlineData(1, "خبر واحد")]
    [InlineData(2, "خبران")]
    [InlineData(3, "3 أخبار")]
    [InlineData(10, "10 أخبار")]
    [InlineData(11, "11 خبراً")]
    [InlineData(12, "12 خبراً")]
    [InlineData(99, "99 خبراً")]
    [InlineData(100, "100 خبر")]
    [InlineData(101, "101 خبر")]
    [InlineData(102, "102 خبر")]
    [InlineData(103, "103 أخبار")]
    [InlineData(111, "111 خبراً")]
    [InlineData(200, "200 خبر")]
    [InlineData(1000, "1000 خبر")]
    public void Arabic_nouns_agree_with_their_number(int count, string words) => Assert.Equal(words, Counted.Of(count, Counted.Khabar));

    [Theory]
    [InlineData(1, "مصدر واحد", "موضوع واحد", "إشارة واحدة")]
    [InlineData(2, "مصدران", "موضوعان", "إشارتان")]
    [InlineData(7, "7 مصادر", "7 مواضيع", "7 إشارات")]
    [InlineData(14, "14 مصدراً", "14 موضوعاً", "14 إشارة")]
    [InlineData(300, "300 مصدر", "300 موضوع", "300 إشارة")]
    public void So_do_the_other_nouns(int count, string outlets, string topics, string mentions) => Assert.Equal(
        (outlets, topics, mentions), (Counted.Of(count, Counted.Masdar), Counted.Of(count, Counted.Mawdu), Counted.Of(count, Counted.Ishara)));

    [Theory]
    [InlineData(0, "0 stories")]
    [InlineData(1, "1 story")]
    [InlineData(2, "2 stories")]
    [InlineData(101, "101 stories")]
    public void English_nouns_too(int count, string words) => Assert.Equal(words, Counted.Of(count, Counted.Story));
}
