using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NewsMonitor.Topics.Arabic;

namespace NewsMonitor.Topics.Matching;

/// <summary>Where a sentence ended: how many codes of the block belong to it, and how far it goes in the text.</summary>
internal readonly record struct SentenceEnd(int Codes, int Place);

/// <summary>
/// Reads a text once, a block at a time: folds it, and finds where its sentences end. A block never ends inside a word. Allocates nothing.
/// </summary>
/// <param name="wide">Whether to use the processor's widest registers where it has them.</param>
internal sealed partial class FoldedReader(bool wide = true)
{
    /// <summary>Zeros behind a block, so that it can be read in wide steps.</summary>
    public const int Margin = 64;

    /// <summary>Codes of a block, at most but for the last few characters.</summary>
    private const int Size = 1 << 14;

    /// <summary>Codes of a block, at most.</summary>
    public const int MaxLength = Size + (2 * Margin);

    private readonly byte[] _codes = new byte[MaxLength + Margin], _carriedCodes = new byte[Size + (2 * Margin)];
    private readonly int[] _places = new int[MaxLength + Margin], _carriedPlaces = new int[Size + (2 * Margin)];
    private readonly SentenceEnd[] _ends = new SentenceEnd[Size + (2 * Margin)];
    private ReadOnlyMemory<char> _text;
    private int _at, _end, _carried, _newlines, _line, _endCount;
    private bool _oneSentence, _lettersInLine;

    /// <summary>The block: codes of <see cref="Letters"/>, zeros between words and behind the last; joints inside words only.</summary>
    public ReadOnlySpan<byte> Codes => _codes.AsSpan(0, Length);

    public int Length { get; private set; }

    /// <summary>Where each code of the block stood in the text; after <see cref="ReadWithPlaces"/>.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Length);

    /// <summary>The sentences that end in the block, in order; the text's last one does at its end.</summary>
    public ReadOnlySpan<SentenceEnd> Ends => _ends.AsSpan(0, _endCount);

    /// <summary>Whether the block is the text's last.</summary>
    public bool IsAtEnd => _at >= _end;

    /// <summary>Whether some word of the block has a joint in it.</summary>
    public bool HasJoint { get; private set; }

    public void Open(ReadOnlyMemory<char> text, int start, int end, bool oneSentence)
    {
        (_text, _at, _end, _oneSentence) = (text, start, end, oneSentence);
        (_carried, _newlines, _line, _lettersInLine) = (0, 0, 0, false);
    }

    /// <summary>The next block; false at the end of the text.</summary>
    public bool Read()
    {
        if (_at >= _end)
            return false;

        int n = Begin();
        n = wide && IsWide ? ReadWide(n) : Read<WithoutPlaces>(n, _end);
        Cut(n);
        return true;
    }

    /// <summary>The next block with its places.</summary>
    public bool ReadWithPlaces()
    {
        if (_at >= _end)
            return false;

        Cut(Read<WithPlaces>(Begin(), _end));
        return true;
    }

    private readonly struct WithPlaces;

    private readonly struct WithoutPlaces;

    /// <summary>Reads up to a place of the text, or until the block is full.</summary>
    /// <param name="n">How many codes there are; returned as it is then.</param>
    // Compiled for speed at once: a short run must not be over before the runtime finds out that this is where its time goes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Read<TPlaces>(int n, int end)
        where TPlaces : struct
    {
        ref byte table = ref MemoryMarshal.GetArrayDataReference(Letters.Codes);
        ref char text = ref MemoryMarshal.GetReference(_text.Span);
        ref byte codes = ref MemoryMarshal.GetArrayDataReference(_codes);
        ref int places = ref MemoryMarshal.GetArrayDataReference(_places);
        int at = _at;
        for (; at < end && n < Size; at++)
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
                Unsafe.Add(ref codes, n) = code == Letters.Stop ? Letters.Boundary : code;
                if (typeof(TPlaces) == typeof(WithPlaces))
                    Unsafe.Add(ref places, n) = at;
                if (code == Letters.Stop && !_oneSentence)
                    Stop(at, n);
                n++;
            }
        }

        _at = at;
        return n;
    }

    /// <summary>A joint counts between two letters only, and once: at the edge of a word it is nothing.</summary>
    private bool Joins(int at, int n)
    {
        bool joins = n > 0 && _codes[n - 1] is not (Letters.Boundary or Letters.Joint) && at + 1 < _end
            && Letters.Codes[_text.Span[at + 1]] is >= Letters.First or Letters.Several or Letters.Mark;
        HasJoint |= joins;
        return joins;
    }

    private int Expand(int at, int n)
    {
        foreach (char letter in ArabicFolding.Letters(_text.Span[at]))
        {
            _codes[n] = Letters.Codes[letter];
            _places[n++] = at;
        }

        return n;
    }

    /// <summary>Ends the sentence if this is where one does.</summary>
    /// <param name="n">How many codes stand before it in the block.</param>
    private void Stop(int at, int n)
    {
        var text = _text.Span;
        char c = text[at];
        bool ends;
        if (c == '\n')
        {
            // Feeds wrap lines and end blocks with the same character: only an empty line surely ends a sentence.
            _newlines = IsLineEmpty(n) ? _newlines + 1 : 1;
            (_line, _lettersInLine) = (n, false);
            ends = _newlines > 1;
        }
        else
        {
            ends = Sentences.IsBullet(c) ? _newlines > 0 && IsLineEmpty(n) : Sentences.Ends(text, at);
        }

        if (ends)
            _ends[_endCount++] = new(n, at + 1);
    }

    private bool IsLineEmpty(int n) => !_lettersInLine && _codes.AsSpan(_line..n).IndexOfAnyExcept(Letters.Boundary) < 0;

    /// <summary>The word that did not fit into the block before begins this one.</summary>
    private int Begin()
    {
        int n = _carried;
        _carriedCodes.AsSpan(0, n).CopyTo(_codes);
        _carriedPlaces.AsSpan(0, n).CopyTo(_places);
        (_carried, _endCount, HasJoint) = (0, 0, false);
        return n;
    }

    /// <summary>Ends the block before a word that may go on. Of a word without end, what no lexicon could know is dropped.</summary>
    private void Cut(int n)
    {
        Length = n;
        if (_at >= _end)
        {
            _ends[_endCount++] = new(n, _end);
        }
        else
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
