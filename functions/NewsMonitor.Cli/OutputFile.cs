namespace NewsMonitor.Cli;

/// <summary>A file that a command writes: beside its place under another name, and put there when it is whole. What was cut short leaves nothing.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private readonly bool _force;
    private FileStream? _stream;

    private OutputFile(string path, bool force)
    {
        _path = path;
        _force = force;
        _aside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}");
    }

    public Stream Stream => _stream!;

    /// <param name="force">Whether a file that is there may be replaced.</param>
    public static OutputFile Create(string path, bool force)
    {
        if (Directory.Exists(path))
            throw new MonitorException($"{SafeText.Line(path)} is a folder; give the name of a file.");
        if (!force && File.Exists(path))
            throw Exists(path);
        var file = Explained(path, () => new OutputFile(path, force));
        file._stream = Explained(path, () => new FileStream(file._aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous));
        return file;
    }

    public async Task KeepAsync()
    {
        await Stream.FlushAsync();
        await Stream.DisposeAsync();
        _stream = null;
        if (!_force && File.Exists(_path))
        {
            File.Delete(_aside);
            throw Exists(_path);
        }

        Explained(_path, () =>
        {
            File.Move(_aside, _path, overwrite: _force);
            return true;
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is null)
            return;
        await _stream.DisposeAsync();
        File.Delete(_aside);
    }

    private static MonitorException Exists(string path) => new($"{SafeText.Line(path)} is there already; --force replaces it.");

    private static T Explained<T>(string path, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new MonitorException($"'{SafeText.Line(path)}' cannot be written: {SafeText.Line(e.Message, 300)}", e);
        }
    }
}
