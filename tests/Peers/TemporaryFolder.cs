namespace NewsMonitor.Tests.Peers;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public TemporaryFolder()
        : this(Directory.CreateTempSubdirectory("newsmonitor-").FullName)
    {
    }

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file and returns where it is.</summary>
    public string Write(string relative, string content)
    {
        File.WriteAllText(this[relative], content);
        return this[relative];
    }

    /// <summary>In memory where the system has such a file system: for tests that write and flush by the thousand.</summary>
    public static TemporaryFolder InMemory() =>
        Directory.Exists(Memory) ? new(Directory.CreateDirectory($"{Memory}/newsmonitor-{Guid.NewGuid():n}").FullName) : new();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
