using System.Diagnostics;
using NewsMonitor.Digests;
using NewsMonitor.Pipeline;
using NewsMonitor.Storage;
using NewsMonitor.Webhooks;

namespace NewsMonitor.Cli;

/// <summary>Prints what happens while it happens, and adds it up.</summary>
internal sealed class RunReport(TextWriter lines, StorageCounts storage, Func<string, string> locate)
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int> _hitsByTopic = new(StringComparer.Ordinal);
    private readonly List<string> _hits = [];
    private readonly List<string> _digests = [];
    private int _polled, _unchanged, _failed, _items, _newItems, _webhooks;

    public void Add(Happening happening)
    {
        lock (_lock)
        {
            switch (happening)
            {
                case SourcePolled polled:
                    Count(polled);
                    lines.WriteLine(Line(polled));
                    break;
                case SourceDisabled gone:
                    lines.WriteLine($"source   {SafeText.Line(gone.Title, 40)}: {gone.Why}; disabled, `sources list` says so");
                    break;
                case SourceAlarmed alarmed:
                    lines.WriteLine($"alarm    {SafeText.Line(alarmed.Title, 40)}: {alarmed.Alarm.Explain()}");
                    break;
                case SourceRecovered recovered:
                    lines.WriteLine($"alarm    {SafeText.Line(recovered.Title, 40)}: well again, was {recovered.Over.Kind.Key()} since {recovered.Over.Since:u}");
                    break;
                case HitKept hit:
                    _hits.Add(locate(hit.Path));
                    foreach (var topic in hit.Topics)
                        _hitsByTopic[topic] = _hitsByTopic.GetValueOrDefault(topic) + 1;
                    lines.WriteLine($"hit      {string.Join(", ", hit.Topics)}: {SafeText.Line(hit.Title, 100)}");
                    break;
                case HitCorrected changed:
                    lines.WriteLine($"changed  {SafeText.Line(changed.Title, 100)}{(changed.ChangesMentions ? "" : ": not in what it mentions")}");
                    break;
                case DigestSent { Notes: > 0 } letter:
                    lines.WriteLine($"digest   {Count(letter.Notes, "note", "notes")} to the operator by {letter.Sender}: {SafeText.Line(letter.Detail, 300)}");
                    break;
                case DigestSent sent:
                    _digests.Add(sent.Detail);
                    lines.WriteLine($"digest   {Count(sent.Stories, "story", "stories")} by {sent.Sender}: {SafeText.Line(sent.Detail, 300)}");
                    break;
                case DigestNotSent failed:
                    lines.WriteLine($"digest   {failed.EditionId}: {SafeText.Line(failed.Problem, 300)}");
                    break;
                case WebhookDelivered delivered:
                    _webhooks++;
                    lines.WriteLine($"webhook  {delivered.WebhookId}: delivered");
                    break;
                case WebhookNotDelivered failed:
                    lines.WriteLine($"webhook  {failed.WebhookId}: {SafeText.Line(failed.Problem, 300)}");
                    break;
            }
        }
    }

    public RunSummary Summary()
    {
        lock (_lock)
        {
            return new RunSummary(
                new SourceCounts(_polled, _unchanged, _failed),
                _items, _newItems, _hits.Count, new SortedDictionary<string, int>(_hitsByTopic), _digests.Count, _webhooks,
                new StorageTotals(storage.Reads, storage.Writes, storage.Lists, storage.QueueOperations),
                (long)_wall.Elapsed.TotalMilliseconds, (long)Environment.CpuUsage.TotalTime.TotalMilliseconds,
                GC.GetTotalAllocatedBytes(), [.. _hits], [.. _digests]);
        }
    }

    private void Count(SourcePolled polled)
    {
        _polled += polled.Result == PollResult.Waiting ? 0 : 1;
        _unchanged += polled.Result == PollResult.Unchanged ? 1 : 0;
        _failed += polled.Result == PollResult.Failed ? 1 : 0;
        _items += polled.Items;
        _newItems += polled.NewItems;
    }

    private static string Line(SourcePolled polled)
    {
        var what = polled.Result switch
        {
            PollResult.Read => $"{Count(polled.Items, "item", "items")}, {polled.NewItems} new, {Count(polled.Hits, "hit", "hits")}",
            PollResult.Unchanged => "unchanged",
            PollResult.Waiting => "left alone for now, as it asked",
            _ => "failed",
        };
        var problem = polled.Problem is null ? "" : $": {SafeText.Line(polled.Problem, 200)}";
        return $"source   {SafeText.Line(polled.Title, 40)}: {what}{problem}";
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}

internal sealed record SourceCounts(int Polled, int Unchanged, int Failed);

internal sealed record StorageTotals(long Reads, long Writes, long Lists, long QueueOperations);

/// <summary>What <c>run --once --json</c> prints.</summary>
internal sealed record RunSummary(
    SourceCounts Sources, int Items, int NewItems, int Hits, IReadOnlyDictionary<string, int> HitsByTopic, int Digests, int Webhooks,
    StorageTotals Storage, long WallMilliseconds, long CpuMilliseconds, long AllocatedBytes, IReadOnlyList<string> HitFiles,
    IReadOnlyList<string> DigestFiles);
