using NewsMonitor.Digests.Mail;

namespace NewsMonitor.Tests.Unit.Digests;

/// <summary>A sender that does what the test says and remembers what it was given.</summary>
internal sealed class ScriptedSender(string name, bool repeatable) : IMailSender
{
    private readonly List<Mail> _sent = [];

    public string Name => name;

    public bool Repeatable => repeatable;

    /// <summary>Called with each mail; accepts when the test says nothing.</summary>
    public Func<Mail, CancellationToken, Task<SendOutcome>> Answer { get; set; } =
        (_, _) => Task.FromResult(new SendOutcome(SendResult.Accepted, "taken"));

    public IReadOnlyList<Mail> Sent
    {
        get
        {
            lock (_sent)
                return [.. _sent];
        }
    }

    public Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel)
    {
        lock (_sent)
            _sent.Add(mail);

        return Answer(mail, cancel);
    }

    public void Answers(SendResult result, string detail = "said so", TimeSpan? retryAfter = null) =>
        Answer = (_, _) => Task.FromResult(new SendOutcome(result, detail, retryAfter));
}
