namespace NewsMonitor.Digests.Mail;

/// <summary>Hands one mail to somebody who delivers it.</summary>
public interface IMailSender
{
    /// <summary>"outbox", "smtp" or "sendgrid": as in the setting and in what people read.</summary>
    string Name { get; }

    /// <summary>True when sending the same edition again leaves one mail, so that an unknown outcome may simply be repeated.</summary>
    bool Repeatable { get; }

    /// <summary>
    /// Never throws for what a server or a network did: that is an outcome. Throws that it was cancelled only as long as nothing has left.
    /// </summary>
    Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancel);
}

/// <param name="EditionId">Characters of <see cref="Storage.BlobPath"/> without slashes; the same for every try of one edition.</param>
/// <param name="MessageId">With the domain, without angle brackets.</param>
/// <param name="Unsubscribe">Null when there is no public address to unsubscribe at.</param>
/// <param name="Date">In the reader's zone.</param>
public sealed record Mail(
    string EditionId, string MessageId, string To, RenderedDigest Content, string Language, Uri? Unsubscribe, DateTimeOffset Date);

public enum SendResult
{
    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>Certainly not sent, and worth another try.</summary>
    TryLater,

    /// <summary>Certainly not sent, and never will be as it is.</summary>
    Refused,

    /// <summary>A time-out or a broken connection after the mail left: it may have been taken.</summary>
    Unknown,
}

/// <param name="Detail">One line for people: where the mail is, or what the server said.</param>
public sealed record SendOutcome(SendResult Result, string Detail, TimeSpan? RetryAfter = null);
