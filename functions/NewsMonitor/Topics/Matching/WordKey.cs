using System.Runtime.CompilerServices;

namespace NewsMonitor.Topics.Matching;

/// <summary>The letters of a word as numbers: eight at a time, the first lowest.</summary>
internal static class WordKey
{
    /// <summary>Of a word of up to sixteen letters; its upper bits are the best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong first, ulong next) => (first * 0x9E3779B97F4A7C15) ^ (next * 0xC2B2AE3D27D4EB4F);

    /// <summary>The letters from here to the next zero byte, eight at most. Reads eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong At(ref byte start)
    {
        ulong letters = Unsafe.ReadUnaligned<ulong>(ref start);
        // The lowest bit set is that of the first zero byte.
        ulong zeros = (letters - 0x0101010101010101) & ~letters & 0x8080808080808080;
        return zeros == 0 ? letters : letters & (((zeros & (0 - zeros)) - 1) >> 7);
    }

    /// <summary>The letters from here to the next zero byte, seven at most. Reads eight bytes; has no branch, which the processor could not guess.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SevenAt(ref byte start)
    {
        ulong letters = Unsafe.ReadUnaligned<ulong>(ref start);
        ulong zeros = (letters - 0x0101010101010101) & ~letters & 0x8080808080808080;
        return letters & (((zeros & (0 - zeros)) - 1) >> 7) & 0x00FFFFFFFFFFFFFF;
    }

    /// <summary>So many letters from here, eight at most. Reads eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong At(ref byte start, int letters)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref start);
        return letters >= 8 ? word : word & ((1UL << (8 * letters)) - 1);
    }
}
