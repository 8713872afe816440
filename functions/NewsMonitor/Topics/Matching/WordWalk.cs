using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsMonitor.Topics.Matching;

/// <summary>Goes from word to word of a block: runs of codes that are not zero. Sixty-four codes at a time are looked at.</summary>
/// <param name="codes">With <see cref="FoldedReader.Margin"/> zeros behind.</param>
internal ref struct WordWalk(ReadOnlySpan<byte> codes)
{
    private const int Step = 64;

    private readonly ReadOnlySpan<byte> _codes = codes;
    private int _at = -Step;
    private ulong _begins, _ends, _before;

    /// <summary>Where the next word begins, and its length.</summary>
    public bool Next(out int start, out int length)
    {
        while (_begins == 0)
        {
            if (!Advance())
            {
                (start, length) = (0, 0);
                return false;
            }
        }

        start = _at + BitOperations.TrailingZeroCount(_begins);
        _begins &= _begins - 1;
        ulong behind = _ends >> (start - _at);
        length = behind != 0 ? BitOperations.TrailingZeroCount(behind) : LengthAcross(start);
        return true;
    }

    private bool Advance()
    {
        _at += Step;
        if (_at >= _codes.Length)
            return false;
        ulong zeros = Zeros(ref Unsafe.Add(ref MemoryMarshal.GetReference(_codes), _at));
        _begins = ~zeros & ~((~zeros << 1) | _before);
        _ends = zeros;
        _before = ~zeros >> 63;
        return true;
    }

    private readonly int LengthAcross(int start)
    {
        int length = _codes[start..].IndexOf((byte)0);
        return length < 0 ? _codes.Length - start : length;
    }

    /// <summary>A bit for each of sixty-four codes that is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Zeros(ref byte block) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256<byte>.Zero).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), Vector256<byte>.Zero).ExtractMostSignificantBits() << 32);
}
