using NewsMonitor.Digests;
using NewsMonitor.Sources;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>Which sources need a look, and which of that the operators have been told; <c>state/alarms.json</c>.</summary>
/// <param name="Now">By source.</param>
/// <param name="Told">As the latest edition for the operators left it.</param>
/// <param name="Editions">How many of these there were.</param>
public sealed record Alarms(int Schema, SortedDictionary<string, AlarmEntry> Now, SortedDictionary<string, AlarmEntry> Told, int Editions)
{
    public const int CurrentSchema = 1;

    public const string DocumentPath = "state/alarms.json";

    public static Alarms None => new(CurrentSchema, [], [], 0);

    /// <summary>What the operators do not know yet: alarms that are new or of another kind, and those that are over.</summary>
    public IReadOnlyList<OperatorNote> Untold() =>
    [
        .. Now.Where(entry => !Told.TryGetValue(entry.Key, out var told) || told.Alarm != entry.Value.Alarm).Select(entry => entry.Value.Note(
            entry.Key, entry.Value.Alarm.Kind == AlarmKind.Failing ? NoteKind.Failing : NoteKind.Silent)),
        .. Told.Where(entry => !Now.ContainsKey(entry.Key)).Select(entry => entry.Value.Note(entry.Key, NoteKind.Recovered)),
    ];
}

/// <param name="Title">The source's.</param>
/// <param name="Problem">What its latest poll said.</param>
public sealed record AlarmEntry(string Title, SourceAlarm Alarm, string? Problem)
{
    public OperatorNote Note(string sourceId, NoteKind kind) => new(sourceId, Title, kind, Alarm.Since, kind == NoteKind.Recovered ? null : Problem);
}

/// <summary>
/// Keeps the alarms of all shards in one small document. Each poll of a shard sets its sources right, whatever was left undone before: so none
/// is lost or raised twice, wherever a process dies.
/// </summary>
public sealed class AlarmBook(IBlobStore blobs)
{
    /// <param name="polled">The sources of the shard that are polled, and how they are; of sources that are not, the alarms fall.</param>
    public async Task SetAsync(PollMessage shard, IEnumerable<(Source Source, SourceState State)> polled, CancellationToken cancel)
    {
        var now = polled.Where(entry => entry.State.Alarm is not null)
            .ToDictionary(entry => entry.Source.Id, entry => new AlarmEntry(entry.Source.Title, entry.State.Alarm!, entry.State.Problem), StringComparer.Ordinal);
        var stored = await blobs.ReadDocumentAsync<Alarms>(Alarms.DocumentPath, cancel);
        if (stored is null && now.Count == 0)
            return;
        if (Changed(stored?.Value ?? Alarms.None) is not null)
            await blobs.ChangeDocumentAsync<Alarms>(Alarms.DocumentPath, old => Changed(old ?? Alarms.None), cancel);

        // Null when nothing is to be changed. What the poll of today says of an alarm that stands is no change of it.
        Alarms? Changed(Alarms book)
        {
            var others = book.Now.Where(entry => ShardPoll.ShardOf(entry.Key, shard.Of) != shard.Shard);
            var ours = book.Now.Where(entry => ShardPoll.ShardOf(entry.Key, shard.Of) == shard.Shard).ToDictionary();
            if (ours.Count == now.Count && now.All(entry => ours.TryGetValue(entry.Key, out var known) && known.Alarm == entry.Value.Alarm))
                return null;
            return book with { Now = new SortedDictionary<string, AlarmEntry>(others.Concat(now).ToDictionary(), StringComparer.Ordinal) };
        }
    }
}
