using Microsoft.Extensions.Options;

namespace NewsMonitor.Digests.Mail;

/// <summary>Chooses who sends: the configured sender, or the outbox for those who are only to be tried out on.</summary>
public sealed class MailSenders(IEnumerable<IMailSender> senders, IOptions<MailOptions> options)
{
    public IMailSender For(Subscriber subscriber) => Named(subscriber.OutboxOnly ? "outbox" : options.Value.Sender);

    public IMailSender ForOperators => Named(options.Value.Sender);

    private IMailSender Named(string name) =>
        senders.First(sender => string.Equals(sender.Name, name, StringComparison.OrdinalIgnoreCase));
}
