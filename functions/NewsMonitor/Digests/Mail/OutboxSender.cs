using Microsoft.Extensions.Logging;
using NewsMonitor.Storage;

namespace NewsMonitor.Digests.Mail;

/// <summary>Writes <c>outbox/&lt;EditionId&gt;.eml</c> into the store, which any mail program opens; sends nothing.</summary>
public sealed class OutboxSender(IBlobStore blobs, MimeMessages messages, ILogger<OutboxSender> log) : IMailSender
{
    public string Name => "outbox";

    public bool Repeatable => true;

    public async Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel)
    {
        var path = $"outbox/{mail.EditionId}.eml";
        try
        {
            using var message = messages.Build(mail);
            using var written = new MemoryStream();
            await message.WriteToAsync(written, cancel);
            // An edition that lies there already is this one: its stories never change.
            await blobs.CreateAsync(path, BinaryData.FromBytes(written.ToArray()), cancel);
            return mail.Outcome(log, SendResult.Accepted, blobs.Locate(path));
        }
        catch (MonitorException wrong)
        {
            return mail.Outcome(log, SendResult.Refused, wrong.Message);
        }
        catch (StorageException failed)
        {
            return mail.Outcome(log, SendResult.TryLater, failed.Message);
        }
    }
}
