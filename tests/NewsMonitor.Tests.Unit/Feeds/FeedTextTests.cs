using System.Text;
using NewsMonitor.Feeds;

namespace NewsMonitor.Tests.Unit.Feeds;

public sealed class FeedTextTests
{
    private const string Sentence = "قال المتحدث باسم الوزارة إن الاجتماع المقبل في بغداد سيبحث العلاقات بين البلدين والتعاون في المجالات الاقتصادية";

    static FeedTextTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", "windows-1256", null, "utf-8")]
    [InlineData("utf-8", null, "windows-1256", "utf-8")]
    [InlineData("utf-8", "iso-8859-1", "utf-8", "utf-8")]
    [InlineData("utf-8", null, null, "utf-8")]
    [InlineData("utf-8", null, "utf-16", "utf-8")]
    [InlineData("windows-1256", "windows-1256", null, "windows-1256")]
    [InlineData("windows-1256", null, "windows-1256", "windows-1256")]
    [InlineData("windows-1256", "cp1256", null, "windows-1256")]
    [InlineData("windows-1256", "utf-8", "utf-8", "windows-1256")]
    [InlineData("windows-1256", "utf-8", "windows-1256", "windows-1256")]
    [InlineData("windows-1256", "iso-8859-1", null, "windows-1256")]
    [InlineData("windows-1256", "iso-8859-6", null, "windows-1256")]
    [InlineData("windows-1256", "no-such-encoding", null, "windows-1256")]
    [InlineData("windows-1256", null, null, "windows-1256")]
    [InlineData("iso-8859-6", "iso-8859-6", null, "iso-8859-6")]
    [InlineData("iso-8859-6", null, "windows-1256", "iso-8859-6")]
    [InlineData("iso-8859-6", null, null, "iso-8859-6")]
    [InlineData("utf-16", "utf-8", null, "utf-16")]
    [InlineData("utf-16BE", null, "utf-8", "utf-16BE")]
    public void Text_is_read_by_what_it_is_whatever_its_labels_say(string written, string? http, string? xml, string expected)
    {
        var document = (xml is null ? "" : $"<?xml version=\"1.0\" encoding=\"{xml}\"?>") + $"<rss version=\"2.0\"><channel><title>{Sentence}</title></channel></rss>";
        var decoded = FeedText.Decode(Encoding.GetEncoding(written).GetBytes(document), http);
        Assert.Equal(document, decoded.Text);
        Assert.Equal(expected, decoded.Encoding);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_decides(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var decoded = FeedText.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Sentence)], "windows-1256");
        Assert.Equal(Sentence, decoded.Text);
        Assert.Empty(decoded.Problems);
    }

    [Fact]
    public void A_wrong_label_is_told_and_a_right_one_is_not()
    {
        var bytes = Encoding.UTF8.GetBytes(Sentence);
        Assert.Equal(["labelled windows-1256 by the server, but the bytes are UTF-8; read as UTF-8"], FeedText.Decode(bytes, "windows-1256").Problems);
        Assert.Empty(FeedText.Decode(bytes, "utf8").Problems);
        Assert.Empty(FeedText.Decode("ascii only"u8, "windows-1256").Problems);
        Assert.Empty(FeedText.Decode(Encoding.GetEncoding(1256).GetBytes(Sentence), "windows-1256").Problems);
    }

    [Fact]
    public void Characters_cut_by_bytes_do_not_turn_utf8_into_something_else()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Sentence), 0xD8, (byte)' ', .. Encoding.UTF8.GetBytes(Sentence)];
        var decoded = FeedText.Decode(bytes, "windows-1256");
        Assert.Equal($"{Sentence}\uFFFD {Sentence}", decoded.Text);
        Assert.Contains("1 byte is not UTF-8 and was replaced", decoded.Problems);
    }

    [Fact]
    public void A_body_cut_inside_a_character_is_still_utf8() =>
        Assert.Equal(Sentence[..^1], FeedText.Decode(Encoding.UTF8.GetBytes(Sentence).AsSpan()[..^1], null).Text);

    [Fact]
    public void French_is_not_read_as_arabic()
    {
        const string french = "<rss><channel><title>Le président a été reçu à l'Élysée où il a évoqué la coopération économique</title></channel></rss>";
        Assert.Equal(french, FeedText.Decode(Encoding.GetEncoding(1252).GetBytes(french), "iso-8859-1").Text);
    }

    [Theory]
    [InlineData(1252)]
    [InlineData(1256)]
    public void Text_that_was_encoded_twice_is_decoded_twice(int codePage)
    {
        const string document = $"<rss><channel><title>{Sentence}</title></channel></rss>";
        var wrong = Encoding.GetEncoding(codePage).GetString(Encoding.UTF8.GetBytes(document));
        var decoded = FeedText.Decode(Encoding.UTF8.GetBytes(wrong), "utf-8");
        Assert.Equal(document, decoded.Text);
        Assert.Equal([$"UTF-8 that was taken for windows-{codePage} and encoded again was decoded again"], decoded.Problems);
    }

    [Theory]
    [InlineData("وظيفة § قانونية: حظ§ وطلب„ من الناس")]
    [InlineData("Øresund Ù Ø§ Ñandú")]
    public void What_only_looks_a_little_like_it_is_left_alone(string text) => Assert.Equal(text, FeedText.Decode(Encoding.UTF8.GetBytes(text), null).Text);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Utf32_is_known_without_a_mark(bool bigEndian)
    {
        const string document = $"<rss><channel><title>{Sentence}</title></channel></rss>";
        Assert.Equal(document, FeedText.Decode(new UTF32Encoding(bigEndian, byteOrderMark: false).GetBytes(document), "utf-8").Text);
    }

    [Theory]
    [InlineData("windows_1256", "windows-1256")]
    [InlineData("CP1256", "windows-1256")]
    [InlineData("x-cp1256", "windows-1256")]
    [InlineData("win-1256", "windows-1256")]
    [InlineData("ISO_8859-6", "iso-8859-6")]
    [InlineData("iso88596", "iso-8859-6")]
    [InlineData("8859-6", "iso-8859-6")]
    [InlineData("arabic", "iso-8859-6")]
    [InlineData("ASMO-708", "iso-8859-6")]
    [InlineData("864", "ibm864")]
    [InlineData("latin1", "windows-1252")]
    [InlineData("GB2312", "gb18030")]
    public void An_encoding_is_known_by_its_many_names(string label, string name) =>
        Assert.Equal(name, FeedText.Decode([(byte)'<', (byte)'a', (byte)'>', 0xC7, (byte)' ', 0xC7], label).Encoding, ignoreCase: true);

    [Theory]
    [InlineData("utf-7")]
    [InlineData("x-user-defined")]
    [InlineData("99999999999")]
    [InlineData("; drop")]
    public void A_name_of_no_encoding_is_told_and_ignored(string label) =>
        Assert.Contains(FeedText.Decode([(byte)'<', 0xC7, 0xC8, 0xD1], label).Problems, p => p.Contains("not an encoding we know", StringComparison.Ordinal));
}
