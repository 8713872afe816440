using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using NewsMonitor.Cli.Matching;

namespace NewsMonitor.Tests.Unit.Cli;

public sealed class JsonTextTests
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Read(byte[] json) => JsonText.Read(json.AsSpan()[1..^1], json.Contains((byte)'\\'));

    [Fact]
    public void Any_text_is_read_as_it_was_written_escaped_or_not()
    {
        var letters = Gen.OneOf("ح", "وار", "a", "\n", "\"", "\\", "/", "\u0001", "😀", "\uFFFD", "\u202E", "é", "\r\t\b\f", "0");
        letters.Array[0, 40].Select(string.Concat).Sample(text =>
        {
            Assert.Equal(text, Read(JsonSerializer.SerializeToUtf8Bytes(text)));
            Assert.Equal(text, Read(JsonSerializer.SerializeToUtf8Bytes(text, s_readable)));
            Assert.Equal(text, Read(Encoding.UTF8.GetBytes($"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"")));
        });
    }
}
