using Microsoft.Extensions.Options;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Storage;

namespace NewsMonitor.Pipeline;

/// <summary>
/// Tells the operators which sources need a look, once, and once when they are well. In order: the edition is created with its notes; it is
/// noted as told; it is sent by its ledger. Who finds an edition that was begun finishes it first.
/// </summary>
public sealed class OperatorLetters(
    IBlobStore blobs, OperatorDigest digest, MailSenders senders, TimeProvider time, Journal journal, IOptions<MailOptions> options)
{
    private readonly EditionLedger _ledger = new(blobs, time, journal, options);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (options.Value.Operator.Length == 0 || await blobs.ReadDocumentAsync<Alarms>(Alarms.DocumentPath, cancel) is not { } stored)
            return;

        var number = stored.Value.Editions;
        if (number > 0 && await UnfinishedAsync(number, cancel) is { } begun)
        {
            await SendAsync(number, begun, cancel);
            return;
        }

        if (stored.Value.Untold() is not { Count: > 0 } notes)
            return;
        number++;
        var made = new Edition(
            Edition.CurrentSchema, Edition.IdOf(OperatorDigest.Name, number), time.GetUtcNow(), [], EditionStatus.Waiting, null, 0, null, null, null)
        {
            Notes = notes,
        };
        var edition = await blobs.ChangeDocumentAsync<Edition>(PathOf(number), old => old is null ? made : null, cancel);
        // By the notes of the edition that stands, which may be another's: of what it does not tell, the next one does.
        await blobs.ChangeDocumentAsync<Alarms>(
            Alarms.DocumentPath, old => old is null || old.Editions >= number ? null : old with { Told = After(old, edition!.Notes ?? []), Editions = number }, cancel);
        await SendAsync(number, edition!, cancel);
    }

    private async Task<Edition?> UnfinishedAsync(int number, CancellationToken cancel) =>
        (await blobs.ReadDocumentAsync<Edition>(PathOf(number), cancel))?.Value is { IsOver: false } edition ? edition : null;

    private Task<Edition?> SendAsync(int number, Edition edition, CancellationToken cancel) =>
        _ledger.SendAsync(PathOf(number), edition, senders.ForOperators, () => digest.BuildAsync(edition), cancel);

    private static SortedDictionary<string, AlarmEntry> After(Alarms book, IReadOnlyList<OperatorNote> notes)
    {
        var told = new SortedDictionary<string, AlarmEntry>(book.Told, StringComparer.Ordinal);
        foreach (var note in notes)
        {
            if (note.Kind == NoteKind.Recovered)
                told.Remove(note.SourceId);
            else
                told[note.SourceId] = new AlarmEntry(note.Title, new SourceAlarm(note.Kind == NoteKind.Failing ? AlarmKind.Failing : AlarmKind.Silent, note.Since), note.Problem);
        }

        return told;
    }

    private static string PathOf(int number) => Edition.PathOf(OperatorDigest.Name, number);
}
