using System.Globalization;
using System.Text;

namespace NewsMonitor.Storage;

/// <summary>
/// Queues as folders, a message a file, safe for any number of processes on one machine. The file's name says when the message
/// is visible, how often it was received and its id; receiving is a rename, which only one process can win.
/// </summary>
public sealed class FileQueues(string root, TimeProvider time) : IWorkQueues
{
    private readonly string _root = Path.GetFullPath(root);

    public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancel)
    {
        var folder = FolderOf(queue);
        return TellAsync("put a message into the queue", folder, SendAsync, cancel);

        async Task<bool> SendAsync()
        {
            PrivateFolder.Create(folder);
            var name = new Name(time.GetUtcNow() + delay, 0, Guid.NewGuid().ToString("n"));
            // Aside under a name that is never received.
            await WholeFile.PutAsync(
                Path.Combine(folder, name.ToString()), Path.Combine(folder, $".{name.Id}"), Encoding.UTF8.GetBytes(message), cancel);
            return true;
        }
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancel)
    {
        var folder = FolderOf(queue);
        return TellAsync("receive from the queue", folder, () => TakeAsync(folder, most, visibility, cancel), cancel);
    }

    private async Task<IReadOnlyList<QueueMessage>> TakeAsync(string folder, int most, TimeSpan visibility, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var received = new List<QueueMessage>();
        foreach (var name in Names(folder).Where(n => n.Visible <= now).OrderBy(n => n.Visible))
        {
            if (received.Count == Math.Min(most, 32))
                break;
            var claimed = name with { Visible = now + visibility, Count = name.Count + 1 };
            if (!Rename(folder, name, claimed))
                continue;
            var text = await File.ReadAllTextAsync(Path.Combine(folder, claimed.ToString()), cancel);
            received.Add(new QueueMessage(claimed.Id, claimed.ToString(), text, claimed.Count));
        }

        return received;
    }

    public Task<QueueMessage?> HideAsync(string queue, QueueMessage message, TimeSpan visibility, CancellationToken cancel)
    {
        var held = Name.Parse(message.Receipt) ?? throw new ArgumentException("Not a receipt of these queues.", nameof(message));
        var hidden = held with { Visible = time.GetUtcNow() + visibility };
        var folder = FolderOf(queue);
        return TellAsync(
            "hide a message of the queue", folder,
            () => Task.FromResult(Rename(folder, held, hidden) ? message with { Receipt = hidden.ToString() } : null), cancel);
    }

    public Task<bool> DeleteAsync(string queue, QueueMessage message, CancellationToken cancel)
    {
        var folder = FolderOf(queue);
        var held = Name.Parse(message.Receipt) ?? throw new ArgumentException("Not a receipt of these queues.", nameof(message));
        // By rename first: deleting a file that is gone reports success, and so could not tell who was last.
        var gone = $".{held.Id}.done";
        return TellAsync("delete a message of the queue", folder, () => Task.FromResult(Delete()), cancel);

        bool Delete()
        {
            if (!Rename(folder, held.ToString(), gone))
                return false;
            File.Delete(Path.Combine(folder, gone));
            return true;
        }
    }

    public Task<int> CountAsync(string queue, CancellationToken cancel)
    {
        var folder = FolderOf(queue);
        return TellAsync("count the queue", folder, () => Task.FromResult(Names(folder).Count()), cancel);
    }

    private string FolderOf(string queue) => Path.Combine(_root, BlobPath.Check(queue));

    private static IEnumerable<Name> Names(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Select(file => Name.Parse(Path.GetFileName(file))).OfType<Name>()
            : [];

    private static bool Rename(string folder, Name from, Name to) => Rename(folder, from.ToString(), to.ToString());

    private static bool Rename(string folder, string from, string to)
    {
        try
        {
            // Overwriting makes this one rename; without it, it is a link and a removal, between which two could both win.
            File.Move(Path.Combine(folder, from), Path.Combine(folder, to), overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static Task<T> TellAsync<T>(string doing, string folder, Func<Task<T>> operation, CancellationToken cancel) =>
        StorageException.TellAsync(doing, folder, operation, FileFaults.Why, cancel);

    /// <summary><c>20261123T120000.1234567Z-1-5f0c….json</c>: visible from, times received, id.</summary>
    private sealed record Name(DateTimeOffset Visible, int Count, string Id)
    {
        private const string Format = "yyyyMMdd'T'HHmmss.fffffff'Z'";

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Visible.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}-{Count}-{Id}.json");

        public static Name? Parse(string fileName) =>
            fileName.EndsWith(".json", StringComparison.Ordinal) && fileName[..^5].Split('-') is [var visible, var count, var id]
            && DateTimeOffset.TryParseExact(visible, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
                ? new Name(at, times, id)
                : null;
    }
}
