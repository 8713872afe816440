namespace NewsMonitor.Pipeline;

/// <summary>The lines of a stream, one after the other; none is held that is longer than a line may be.</summary>
internal sealed class ArchiveLines(Stream stream)
{
    /// <summary>In bytes. The longest article that is read at all has two million characters.</summary>
    public const int MaximumLine = 16_000_000;

    private byte[] _buffer = new byte[65_536];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>The next line without its end, good until the one after it is asked for; null when there is none.</summary>
    public async ValueTask<Line?> NextAsync(CancellationToken cancel)
    {
        var searched = _start;
        var isTooLong = false;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0 || _isOver)
            {
                if (at < 0 && _start == _end && !isTooLong)
                    return null;
                var end = at < 0 ? _end : searched + at;
                isTooLong |= end - _start > MaximumLine;
                var line = new Line(isTooLong ? default : _buffer.AsMemory(_start, end - _start), isTooLong);
                _start = at < 0 ? _end : end + 1;
                return line;
            }

            if (_end - _start > MaximumLine)
            {
                // Forgotten, while its end is looked for.
                isTooLong = true;
                _start = _end;
            }

            MakeRoom();
            searched = _end;
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
            _end += read;
            _isOver = read == 0;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    public readonly record struct Line(ReadOnlyMemory<byte> Bytes, bool IsTooLong);
}
