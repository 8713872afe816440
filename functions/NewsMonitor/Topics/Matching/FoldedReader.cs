using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>
/// Reads a text once, folded and cut into sentences: a block at a time, never across the end of a sentence or through a word. Allocates
/// nothing.
/// </summary>
internal sealed class FoldedReader
{
    /// <summary>Zeros behind a block, so that it can be read in wide steps.</summary>
    public const int Margin = 64;

    /// <summary>Codes of a block. A longer sentence comes in several.</summary>
    private const int Size = 4096;

    private readonly byte[] _codes = new byte[Size + (2 * Margin)], _carriedCodes = new byte[Size + Margin];
    private readonly int[] _places = new int[Size + (2 * Margin)], _carriedPlaces = new int[Size + Margin];
    private string _text = "";
    private int _at, _end, _carried, _newlines, _line;
    private bool _oneSentence, _lettersInLine;

    /// <summary>The block: codes of <see cref="Letters"/>, zeros between words and behind the last; joints inside words only.</summary>
    public ReadOnlySpan<byte> Codes => _codes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>Where each code of the block stood in the text; after <see cref="ReadWithPlaces"/>.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Length);

    /// <summary>Whether some word of the block has a joint in it.</summary>
    public bool HasJoint { get; private set; }

    /// <summary>Whether the sentence is over with this block.</summary>
    public bool EndsSentence { get; private set; }

    /// <summary>How far the text has been read.</summary>
    public int Position => _at;

    public void Open(string text, int start, int end, bool oneSentence)
    {
        (_text, _at, _end, _oneSentence) = (text, start, end, oneSentence);
        (_carried, _newlines, _line, _lettersInLine) = (0, 0, 0, false);
    }

    /// <summary>The next block; false at the end of the text.</summary>
    public bool Read() => Read<WithoutPlaces>();

    /// <summary>The next block with its places.</summary>
    public bool ReadWithPlaces() => Read<WithPlaces>();

    private readonly struct WithPlaces;

    private readonly struct WithoutPlaces;

    // Compiled for speed at once: a short run must not be over before the runtime finds out that this is where its time goes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Read<TPlaces>()
        where TPlaces : struct
    {
        if (_at >= _end && _carried == 0)
            return false;

        ref byte table = ref MemoryMarshal.GetArrayDataReference(Letters.Codes);
        ref char text = ref MemoryMarshal.GetReference(_text.AsSpan());
        ref byte codes = ref MemoryMarshal.GetArrayDataReference(_codes);
        ref int places = ref MemoryMarshal.GetArrayDataReference(_places);
        int n = TakeCarried(), at = _at, end = _end;
        bool ends = false;
        HasJoint = false;
        while (at < end && n < Size && !ends)
        {
            // Letters and spaces, which is nearly everything.
            byte code = 0;
            int limit = Math.Min(end, at + Size - n);
            for (; at < limit; at++)
            {
                code = Unsafe.Add(ref table, Unsafe.Add(ref text, at));
                if ((byte)(code - 1) < Letters.First - 1)
                    break;
                Unsafe.Add(ref codes, n) = code;
                if (typeof(TPlaces) == typeof(WithPlaces))
                    Unsafe.Add(ref places, n) = at;
                n++;
            }

            if (at >= limit)
                break;
            if (code == Letters.Several)
            {
                n = Expand(at, n);
            }
            else if (code == Letters.Stop || (code == Letters.Joint && Joins(at, n)))
            {
                ends = code == Letters.Stop && !_oneSentence && Ends(at, n);
                Unsafe.Add(ref codes, n) = code == Letters.Stop ? Letters.Boundary : code;
                if (typeof(TPlaces) == typeof(WithPlaces))
                    Unsafe.Add(ref places, n) = at;
                n++;
            }

            at++;
        }

        EndsSentence = ends;
        _at = at;
        EndsSentence |= at >= end;
        Cut(n);
        return true;
    }

    /// <summary>A joint counts between two letters only, and once: at the edge of a word it is nothing.</summary>
    private bool Joins(int at, int n)
    {
        bool joins = n > 0 && _codes[n - 1] is not (Letters.Boundary or Letters.Joint) && at + 1 < _end
            && Letters.Codes[_text[at + 1]] is >= Letters.First or Letters.Several or Letters.Mark;
        HasJoint |= joins;
        return joins;
    }

    private int Expand(int at, int n)
    {
        foreach (char letter in ArabicFolding.Letters(_text[at]))
        {
            _codes[n] = Letters.Codes[letter];
            _places[n++] = at;
        }

        return n;
    }

    private bool Ends(int at, int n)
    {
        char c = _text[at];
        if (c == '\n')
        {
            // Feeds wrap lines and end blocks with the same character: only an empty line surely ends a sentence.
            _newlines = IsLineEmpty(n) ? _newlines + 1 : 1;
            (_line, _lettersInLine) = (n, false);
            return _newlines > 1;
        }

        return Sentences.IsBullet(c) ? _newlines > 0 && IsLineEmpty(n) : Sentences.Ends(_text, at);
    }

    private bool IsLineEmpty(int n) => !_lettersInLine && _codes.AsSpan(_line..n).IndexOfAnyExcept(Letters.Boundary) < 0;

    private int TakeCarried()
    {
        int n = _carried;
        _carriedCodes.AsSpan(0, n).CopyTo(_codes);
        _carriedPlaces.AsSpan(0, n).CopyTo(_places);
        _carried = 0;
        return n;
    }

    /// <summary>Ends the block before a word that may go on. Of a word without end, what no lexicon could know is dropped.</summary>
    private void Cut(int n)
    {
        Length = n;
        if (!EndsSentence)
        {
            int gap = _codes.AsSpan(0, n).LastIndexOf(Letters.Boundary);
            gap = gap >= 0 ? gap : _codes.AsSpan(0, n).LastIndexOf(Letters.Joint);
            Length = gap + 1;
            _carried = gap >= 0 ? n - Length : Lexicon.MaxWord + 1;
            _codes.AsSpan(Length, _carried).CopyTo(_carriedCodes);
            _places.AsSpan(Length, _carried).CopyTo(_carriedPlaces);
        }

        _codes.AsSpan(Length, Margin).Clear();
        _lettersInLine = !IsLineEmpty(Length);
        _line = 0;
    }
}
