using System.Diagnostics;
using System.Globalization;

namespace NewsMonitor.Cli;

/// <summary>How far a long command is, on one line of a terminal; nothing where that is a file.</summary>
internal sealed class Progress(TextWriter error, bool isShown, string what)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private bool _isOnScreen;

    public void Show(int done)
    {
        if (!isShown || _clock.Elapsed < _next)
            return;
        _next = _clock.Elapsed + Pause;
        _isOnScreen = true;
        var perSecond = done / Math.Max(0.001, _clock.Elapsed.TotalSeconds);
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done:N0} {what}, {perSecond:N0} a second\u001b[K"));
    }

    public void Hide()
    {
        if (!_isOnScreen)
            return;
        _isOnScreen = false;
        error.Write("\r\u001b[K");
    }
}
