using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

// Sixty-four characters at a time, where the processor can look up bytes in tables of 128 and squeeze out some of them (AVX-512 VBMI and
// VBMI2). Does what the plain reader does, to which it leaves what is rare.
internal sealed partial class FoldedReader
{
    private const int Step = 64;

    private static readonly bool IsWide = Avx512Vbmi.IsSupported && Avx512Vbmi2.IsSupported && Vector512.IsHardwareAccelerated;

    /// <summary>The codes of the blocks that news is written in: 0000-00FF, 0600-06FF, and 2000-207F.</summary>
    private static readonly byte[] s_latin = Letters.Codes[..0x100], s_arabic = Letters.Codes[0x600..0x700], s_punctuation = Letters.Codes[0x2000..0x2080];

    private static readonly Vector512<byte> s_lowBytes = Vector512.Create([.. Enumerable.Range(0, Step).Select(i => (byte)(2 * i))]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadWide(int n)
    {
        ref byte text = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(_text.Span));
        ref byte codes = ref MemoryMarshal.GetArrayDataReference(_codes);
        var evens = s_lowBytes;
        var odds = evens + Vector512<byte>.One;
        ref byte latinTable = ref MemoryMarshal.GetArrayDataReference(s_latin);
        ref byte arabicTable = ref MemoryMarshal.GetArrayDataReference(s_arabic);
        ref byte punctuationTable = ref MemoryMarshal.GetArrayDataReference(s_punctuation);
        Vector512<byte>
            latin0 = Vector512.LoadUnsafe(ref latinTable), latin1 = Vector512.LoadUnsafe(ref latinTable, 64),
            latin2 = Vector512.LoadUnsafe(ref latinTable, 128), latin3 = Vector512.LoadUnsafe(ref latinTable, 192),
            arabic0 = Vector512.LoadUnsafe(ref arabicTable), arabic1 = Vector512.LoadUnsafe(ref arabicTable, 64),
            arabic2 = Vector512.LoadUnsafe(ref arabicTable, 128), arabic3 = Vector512.LoadUnsafe(ref arabicTable, 192),
            punctuation0 = Vector512.LoadUnsafe(ref punctuationTable), punctuation1 = Vector512.LoadUnsafe(ref punctuationTable, 64);
        var upper = Vector512.Create((byte)0x80);
        while (_at <= _end - Step && n < Size)
        {
            var first = Vector512.LoadUnsafe(ref text, (nuint)(2 * _at));
            var second = Vector512.LoadUnsafe(ref text, (nuint)((2 * _at) + Step));
            var low = Avx512Vbmi.PermuteVar64x8x2(first, evens, second);
            var high = Avx512Vbmi.PermuteVar64x8x2(first, odds, second);
            var isUpper = Vector512.GreaterThanOrEqual(low, upper);
            var isArabic = Vector512.Equals(high, Vector512.Create((byte)0x06));
            var isLatin = Vector512.Equals(high, Vector512<byte>.Zero);
            var isPunctuation = Vector512.AndNot(Vector512.Equals(high, Vector512.Create((byte)0x20)), isUpper);
            var code = Vector512.ConditionalSelect(
                isArabic,
                Vector512.ConditionalSelect(
                    isUpper, Avx512Vbmi.PermuteVar64x8x2(arabic2, low, arabic3), Avx512Vbmi.PermuteVar64x8x2(arabic0, low, arabic1)),
                Vector512.ConditionalSelect(
                    isLatin,
                    Vector512.ConditionalSelect(
                        isUpper, Avx512Vbmi.PermuteVar64x8x2(latin2, low, latin3), Avx512Vbmi.PermuteVar64x8x2(latin0, low, latin1)),
                    Avx512Vbmi.PermuteVar64x8x2(punctuation0, low, punctuation1)));
            var isRare = ~(isArabic | isLatin | isPunctuation)
                | Vector512.Equals(code, Vector512.Create(Letters.Joint)) | Vector512.Equals(code, Vector512.Create(Letters.Several));
            if (isRare != Vector512<byte>.Zero)
            {
                n = Read<WithoutPlaces>(n, _at + Step);
                continue;
            }

            ulong marks = Vector512.Equals(code, Vector512.Create(Letters.Mark)).ExtractMostSignificantBits();
            var isStop = Vector512.Equals(code, Vector512.Create(Letters.Stop));
            ulong stops = isStop.ExtractMostSignificantBits();
            code = Vector512.AndNot(code, isStop);
            if (marks != 0)
                code = Avx512Vbmi2.Compress(Vector512<byte>.Zero, ~Vector512.Equals(code, Vector512.Create(Letters.Mark)), code);
            code.StoreUnsafe(ref codes, (nuint)n);
            if (!_oneSentence)
            {
                for (; stops != 0; stops &= stops - 1)
                {
                    int stop = BitOperations.TrailingZeroCount(stops);
                    ulong before = (1UL << stop) - 1;
                    Stop(_at + stop, n + stop - BitOperations.PopCount(marks & before));
                }
            }

            n += Step - BitOperations.PopCount(marks);
            _at += Step;
        }

        return n < Size ? Read<WithoutPlaces>(n, _end) : n;
    }
}
