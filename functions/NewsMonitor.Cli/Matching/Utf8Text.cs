using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Unicode;

namespace NewsMonitor.Cli.Matching;

/// <summary>Text out of UTF-8. What is not UTF-8 becomes U+FFFD.</summary>
internal static class Utf8Text
{
    private const int Step = 64;

    private static readonly bool s_isWide = Avx512Vbmi.IsSupported && Avx512Vbmi2.IsSupported && Vector512.IsHardwareAccelerated;

    /// <summary>Lay the low and the high bytes of characters side by side.</summary>
    private static readonly Vector512<byte> s_firstHalf = Interleave(0), s_secondHalf = Interleave(Step / 2);

    /// <param name="text">At least as long.</param>
    /// <returns>The length of the text, and whether all was UTF-8.</returns>
    public static (int Length, bool IsValid) Read(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        int at = 0, length = 0;
        bool isValid = true;
        while (at < utf8.Length)
        {
            if (s_isWide)
                (at, length) = ReadWide(utf8, text, at, length);
            // The runtime reads all that is left, or what is rare; a character that is cut off then is left for the next round.
            var step = s_isWide && utf8.Length - at > Step ? utf8.Slice(at, Step) : utf8[at..];
            var status = Utf8.ToUtf16(
                step, text[length..], out int read, out int written, replaceInvalidSequences: false, isFinalBlock: at + step.Length == utf8.Length);
            (at, length) = (at + read, length + written);
            if (status != OperationStatus.InvalidData)
                continue;
            Rune.DecodeFromUtf8(utf8[at..], out _, out int bad);
            (at, length, isValid) = (at + bad, length + 1, false);
            text[length - 1] = '\uFFFD';
        }

        return (length, isValid);
    }

    /// <summary>
    /// Reads 64 bytes at a time, as long as all of their characters are of one byte or two, as Latin and Arabic letters are. A quarter of the
    /// time that matching news takes went into the runtime's way, which takes three times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int At, int Length) ReadWide(ReadOnlySpan<byte> utf8, Span<char> text, int at, int length)
    {
        ref byte from = ref MemoryMarshal.GetReference(utf8);
        ref byte to = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        var (firstHalf, secondHalf) = (s_firstHalf, s_secondHalf);
        // There has to be a byte behind a step, and room for a whole step of characters whatever it has.
        while (at < utf8.Length - Step && length <= text.Length - Step)
        {
            var bytes = Vector512.LoadUnsafe(ref from, (nuint)at);
            var next = Vector512.LoadUnsafe(ref from, (nuint)at + 1);
            ulong beyondAscii = bytes.ExtractMostSignificantBits();
            // 80-BF go on with a character, C2-DF begin one of two bytes.
            ulong goesOn = Vector512.LessThan(bytes.AsSByte(), Vector512.Create((sbyte)-64)).ExtractMostSignificantBits();
            ulong begins = Vector512.LessThan(bytes - Vector512.Create((byte)0xC2), Vector512.Create((byte)0x1E)).ExtractMostSignificantBits();
            if ((goesOn | begins) != beyondAscii || begins << 1 != goesOn)
                break;

            var isAscii = Vector512.LessThan(bytes, Vector512.Create((byte)0x80));
            var low = ((bytes & Vector512.Create((byte)0x03)).AsUInt16() << 6).AsByte() | (next & Vector512.Create((byte)0x3F));
            var high = ((bytes & Vector512.Create((byte)0x1C)).AsUInt16() >> 2).AsByte();
            low = Vector512.ConditionalSelect(isAscii, bytes, low);
            high = Vector512.AndNot(high, isAscii);
            var isCharacter = ~Vector512.LessThan(bytes.AsSByte(), Vector512.Create((sbyte)-64)).AsByte();
            low = Avx512Vbmi2.Compress(Vector512<byte>.Zero, isCharacter, low);
            high = Avx512Vbmi2.Compress(Vector512<byte>.Zero, isCharacter, high);
            Avx512Vbmi.PermuteVar64x8x2(low, firstHalf, high).StoreUnsafe(ref to, (nuint)length * sizeof(char));
            Avx512Vbmi.PermuteVar64x8x2(low, secondHalf, high).StoreUnsafe(ref to, ((nuint)length * sizeof(char)) + Step);
            // The last byte begins a character that the byte behind it ends: that is left for the next step.
            int cut = (int)(begins >> (Step - 1));
            at += Step - cut;
            length += Step - BitOperations.PopCount(goesOn) - cut;
        }

        return (at, length);
    }

    private static Vector512<byte> Interleave(int first) =>
        Vector512.Create([.. Enumerable.Range(0, Step).Select(i => (byte)(first + (i / 2) + (i % 2 * Step)))]);
}
