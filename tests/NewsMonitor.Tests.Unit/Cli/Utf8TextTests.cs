using System.Text;
using CsCheck;
using NewsMonitor.Cli.Matching;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class Utf8TextTests
{
    private static readonly Gen<byte[]> s_text = Gen.String[Gen.Char['\0', '\u07FF'], 0, 300].Select(Encoding.UTF8.GetBytes);

    private static readonly Gen<byte[]> s_rare = Gen.OneOf<byte[]>(
        [0xE2, 0x80, 0xA6], [0xF0, 0x9F, 0x98, 0x80], [0xD8], [0xAD], [0xFF], [0xF0, 0x9F], [0x98, 0x80], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xDF, 0xBF], [0xC2]);

    private static void AssertReads(byte[] bytes)
    {
        string expected = Encoding.UTF8.GetString(bytes);
        char[] text = new char[bytes.Length];
        var (length, isValid) = Utf8Text.Read(bytes, text);
        Assert.Equal((expected, !expected.Contains('\uFFFD', StringComparison.Ordinal)), (new string(text, 0, length), isValid));
    }

    [Fact]
    public void Any_bytes_are_read_as_everywhere_in_dotnet() =>
        Gen.Select(s_text, s_rare).Array[0, 12].Select(p => p.SelectMany(x => x.Item1.Concat(x.Item2)).ToArray()).Sample(AssertReads);

    [Fact]
    public void Any_one_character_is_read_wherever_it_stands()
    {
        for (int rune = 0; rune <= 0x10FFFF; rune += rune < 0x900 ? 1 : 997)
        {
            if (!Rune.IsValid(rune))
                continue;
            byte[] bytes = Encoding.UTF8.GetBytes(new Rune(rune).ToString());
            foreach (int before in (int[])[0, 1, 61, 62, 63, 64])
                AssertReads([.. Enumerable.Repeat((byte)'x', before), .. bytes, .. Enumerable.Repeat((byte)'y', 130)]);
        }
    }

    [Fact]
    public void Any_two_bytes_are_read_also_when_a_step_cuts_them()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)'x', 200)];
        for (int pair = 0; pair <= 0xFFFF; pair++)
        {
            (bytes[63], bytes[64]) = ((byte)(pair >> 8), (byte)pair);
            AssertReads(bytes);
        }
    }
}
