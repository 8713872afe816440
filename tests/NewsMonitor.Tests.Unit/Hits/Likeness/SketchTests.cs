using CsCheck;
using NewsMonitor.Hits.Likeness;

namespace NewsMonitor.Tests.Unit.Hits.Likeness;

public sealed class SketchTests
{
    private static readonly string[] Words =
        "بغداد واشنطن القوات انسحاب قاعدة التحالف وزير الدفاع الحوار الاستراتيجي جولة بيان أكد أعلن 5 12 2014 في من على إلى عين الأسد أربيل".Split(' ');

    private static readonly Gen<string> Text = Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 400].Select(words => string.Join(' ', words));

    private static readonly Gen<TextSketch> Sketch = Gen.Select(Text, Text, (title, text) => TextSketch.Of(title[..Math.Min(60, title.Length)], text));

    [Fact]
    public void Likeness_is_the_same_both_ways() => Gen.Select(Sketch, Sketch, Gen.Double[0, 40]).Sample((a, b, days) =>
    {
        var apart = TimeSpan.FromDays(days);
        double likeness = TextSketch.Likeness(a, b, apart);
        return likeness == TextSketch.Likeness(b, a, -apart) && likeness is >= 0 and <= 1;
    }, iter: 500);

    [Fact]
    public void A_sketch_survives_being_packed() => Sketch.Sample(
        sketch => TextSketch.Unpack(sketch.Pack())!.Pack() == sketch.Pack() && sketch.Packed.Length <= 280, iter: 500);

    [Fact]
    public void What_is_no_sketch_is_none()
    {
        Assert.Null(TextSketch.Unpack(null));
        Assert.Null(TextSketch.Unpack(""));
        Assert.Null(TextSketch.Unpack("ليس هذا"));
        Assert.Null(TextSketch.Unpack(new string('A', 1_000_000)));
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            if (TextSketch.Unpack(Convert.ToBase64String(bytes)) is { } sketch)
                Assert.InRange(TextSketch.Likeness(sketch, sketch, TimeSpan.Zero), 0, 1);
        }, iter: 500);
        // The first byte says which version it is: that of no other is read.
        byte[] packed = Convert.FromBase64String(TextSketch.Of("عنوان", "نص").Pack());
        packed[0]++;
        Assert.Null(TextSketch.Unpack(Convert.ToBase64String(packed)));
    }

    [Fact]
    public void What_is_stored_stays_readable() =>
        Assert.Equal(Golden, TextSketch.Of("انسحاب قوات التحالف من العراق", "غادرت 12 قافلة قاعدة عين الأسد، اليوم، نحو الأردن.").Pack());

    private const string Golden = "AQgABdCnrufeeAzFps+kg/w=";

    [Theory]
    [InlineData("كلمة ", 200_000)]
    [InlineData("\uD83D", 50_000)]
    [InlineData("😀", 50_000)]
    [InlineData("7", 100_000)]
    [InlineData("ا", 1_000_000)]
    [InlineData("ـ", 100_000)]
    [InlineData("ﷺ ", 50_000)]
    public void Hostile_texts_are_bounded(string part, int times)
    {
        string text = string.Concat(Enumerable.Repeat(part, times));
        var sketch = TextSketch.Of(text, text);
        Assert.InRange(sketch.Packed.Length, 4, 280);
        Assert.InRange(TextSketch.Likeness(sketch, sketch, TimeSpan.Zero), 0, 1);
        var index = new LikenessIndex();
        index.Add(1, sketch, DateTimeOffset.UnixEpoch);
        Assert.InRange(index.Find(sketch, DateTimeOffset.UnixEpoch).Count, 0, 1);
    }
}
