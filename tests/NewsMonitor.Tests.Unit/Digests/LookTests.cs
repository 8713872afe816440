using System.Globalization;
using NewsMonitor.Digests.Html;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class LookTests
{
    /// <summary>Every text colour on every ground that it stands on; WCAG 2.2, 1.4.3.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        { "headink", "head" }, { "headsoft", "head" }, { "ink", "card" }, { "soft", "card" }, { "link", "card" }, { "accent", "card" },
        { "warnink", "card" }, { "ink", "quote" }, { "markink", "mark" }, { "warnink", "warn" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_is_readable_in_light_and_in_dark(string ink, string ground)
    {
        var (front, back) = (Look.Tones.Single(tone => tone.Class == ink), Look.Tones.Single(tone => tone.Class == ground));

        Assert.InRange(Contrast(front.Light, back.Light), 4.5, 21);
        Assert.InRange(Contrast(front.Dark, back.Dark), 4.5, 21);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) => 0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
