using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>Finds where words begin in a block of codes: runs of codes that are not zero. Sixty-four codes at a time are looked at.</summary>
internal sealed class WordFinder
{
    private const int Step = 64, Digits = 10;

    private readonly int[] _starts = new int[(FoldedReader.MaxLength / 2) + 1], _numbers = new int[(FoldedReader.MaxLength / 2) + 1];

    /// <summary>How many words were found.</summary>
    public int Count { get; private set; }

    /// <summary>How many words there are.</summary>
    public int All { get; private set; }

    /// <summary>Where the found words begin.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>Which words they are, from 0.</summary>
    public ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>Finds the words in a part of the block.</summary>
    /// <param name="codes">With <see cref="FoldedReader.Margin"/> zeros behind.</param>
    /// <param name="from">Where a word may begin.</param>
    /// <param name="words">Finds only those that may be some of these, or all.</param>
    /// <param name="digits">Whether what begins with a digit is found as well.</param>
    // Compiled for speed at once, see FoldedReader.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<byte> codes, int from, int to, WordFilter? words, bool digits = false)
    {
        ref int starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref int numbers = ref MemoryMarshal.GetArrayDataReference(_numbers);
        ref byte block = ref MemoryMarshal.GetReference(codes);
        ulong digit = digits ? Digits : 0UL;
        int count = 0, number = 0;
        ulong before = 0;
        for (int at = from; at < to; at += Step)
        {
            ulong letters = ~Zeros(ref Unsafe.Add(ref block, at));
            if (to - at < Step)
                letters &= (1UL << (to - at)) - 1;
            ulong begins = letters & ~((letters << 1) | before), found = words is null ? begins : 0;
            for (ulong left = words is null ? 0 : begins; left != 0; left &= left - 1)
            {
                // Without a branch, nor a place to write to that depends on what was found: the words are looked up side by side.
                int word = BitOperations.TrailingZeroCount(left);
                ulong key = WordKey.SevenAt(ref Unsafe.Add(ref block, at + word));
                ulong isDigit = ((key & byte.MaxValue) - Letters.First - digit) >> 63 & ((Letters.First - 1 - (key & byte.MaxValue)) >> 63);
                found |= (words!.MayHave(key) | isDigit) << word;
            }

            for (; found != 0; found &= found - 1)
            {
                int word = BitOperations.TrailingZeroCount(found);
                Unsafe.Add(ref starts, count) = at + word;
                Unsafe.Add(ref numbers, count++) = number + BitOperations.PopCount(begins & ((1UL << word) - 1));
            }

            number += BitOperations.PopCount(begins);
            before = letters >> 63;
        }

        (Count, All) = (count, number);
    }

    /// <summary>A bit for each of sixty-four codes that is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Zeros(ref byte block) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256<byte>.Zero).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), Vector256<byte>.Zero).ExtractMostSignificantBits() << 32);
}
