using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NewsMonitor.Digests;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Functions;
using NewsMonitor.Hits;

namespace NewsMonitor.Tests.Contract.Pipeline;

/// <summary>The same where a mail that is sent again is a second mail, as with SMTP and SendGrid.</summary>
public sealed class MailFaultTests(Receiver receiver) : IClassFixture<Receiver>
{
    /// <summary>
    /// Between "sending" in the ledger and the answer of the mail server lies an instant in which nobody can know; only there may a
    /// story stay untold, and the edition then says that its outcome is unknown.
    /// </summary>
    [Theory]
    [InlineData(Moment.Before, true)]
    [InlineData(Moment.After, true)]
    [InlineData(Moment.Before, false)]
    [InlineData(Moment.After, false)]
    public async Task No_fault_makes_a_second_mail_and_one_instant_alone_loses_one(Moment moment, bool dies)
    {
        var wrong = new ConcurrentQueue<string>();
        var lost = new ConcurrentQueue<string>();
        var last = 0;
        await Parallel.ForEachAsync(Enumerable.Range(1, 1000), TestContext.Current.CancellationToken, async (at, _) =>
        {
            if (last > 0 && at > last)
                return;
            var fault = new Fault(at, moment, dies);
            var sender = new OneWaySender();
            using var monitor = await SmallMonitor.CreateAsync(receiver, services: services => services.AddSingleton<IMailSender>(sender));
            await using (var host = monitor.Start(fault))
                await monitor.CycleAsync(host, fault);
            await monitor.SettleAsync();
            if (fault.Struck is null)
                last = at;

            var editions = await EditionsAsync(monitor);
            foreach (var (path, _) in await monitor.ReadAllAsync<Story>("stories/"))
            {
                var telling = editions.Where(edition => edition.Document.Stories.Contains(path)).Select(edition => edition.Document).ToList();
                var mails = telling.Sum(edition => sender.Sent.Count(id => id == edition.Id));
                if (mails == 0 && telling is [{ Status: EditionStatus.Unknown }])
                    lost.Enqueue(fault.Struck!);
                else if (mails != 1)
                    wrong.Enqueue($"{at} {fault.Struck}: {path} in {telling.Count} editions and {mails} mails");
            }
        });

        Assert.InRange(last, 100, 999);
        Assert.Empty(wrong);
        // The mark that was written while its answer was lost: from outside the same as a mail that left.
        Assert.All(lost, struck => Assert.StartsWith("After ReplaceAsync digests/", struck, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_is_stopped_before_it_leaves_is_sent_later()
    {
        using var abort = new CancellationTokenSource();
        var sender = new OneWaySender
        {
            First = cancel =>
            {
                abort.Cancel();
                cancel.ThrowIfCancellationRequested();
                return Task.FromResult(SendResult.Unknown);
            },
        };
        using var monitor = await SmallMonitor.CreateAsync(receiver, services: services => services.AddSingleton<IMailSender>(sender));
        await using (var host = monitor.Start(Fault.None))
        {
            await host.RunTimerAsync(nameof(PollFunctions.SchedulePolls));
            await monitor.PassTimeDuringAsync(host.DrainAsync(TestContext.Current.CancellationToken));
            var (_, subscriber) = Assert.Single(await monitor.ReadAllAsync<Subscriber>("subscribers/"));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => host.Services.GetRequiredService<EditionSender>().RunAsync(new DigestMessage(subscriber.Id), abort.Token));
        }

        await monitor.SettleAsync();
        Assert.Single(sender.Sent);
        Assert.All(await EditionsAsync(monitor), edition => Assert.Equal(EditionStatus.Sent, edition.Document.Status));
    }

    [Fact]
    public async Task A_sender_that_takes_all_its_time_and_fails_is_not_held_for_dead()
    {
        var answer = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sender = new OneWaySender { First = _ => answer.Task };
        using var monitor = await SmallMonitor.CreateAsync(receiver, services: services => services
            .AddSingleton<IMailSender>(sender).PostConfigure<MailOptions>(mail => mail.TimeoutSeconds = 600));
        await using (var slow = monitor.Start(Fault.None))
        {
            var cycle = monitor.CycleAsync(slow, Fault.None);
            while (sender.Begun == 0 && !cycle.IsCompleted)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            monitor.Time.Advance(TimeSpan.FromMinutes(8));
            await using (var other = monitor.Start(Fault.None))
                await monitor.CycleAsync(other, Fault.None);
            answer.SetResult(SendResult.TryLater);
            await cycle;
        }

        await monitor.SettleAsync();
        Assert.Single(sender.Sent);
    }

    private static async Task<List<(string Path, Edition Document)>> EditionsAsync(SmallMonitor monitor) =>
        [.. await monitor.ReadAllAsync<Edition>("digests/", path => !path.EndsWith("/log.json", StringComparison.Ordinal))];

    private sealed class OneWaySender : IMailSender
    {
        private int _begun;

        public ConcurrentQueue<string> Sent { get; } = new();

        public int Begun => _begun;

        /// <summary>What the first try does instead of accepting.</summary>
        public Func<CancellationToken, Task<SendResult>>? First { get; init; }

        /// <summary>Takes the outbox's place, which comes after it.</summary>
        public string Name => "outbox";

        public bool Repeatable => false;

        public async Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel)
        {
            if (Interlocked.Increment(ref _begun) == 1 && First is { } first)
                return new SendOutcome(await first(cancel), "not taken");
            Sent.Enqueue(mail.EditionId);
            return new SendOutcome(SendResult.Accepted, "taken");
        }
    }
}
