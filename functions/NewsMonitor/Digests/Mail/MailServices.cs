using Microsoft.Extensions.DependencyInjection;

namespace NewsMonitor.Digests.Mail;

/// <summary>Registers the senders; <see cref="MailSenders"/> chooses among them.</summary>
public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSingleton<MimeMessages>();
        services.AddSingleton<IMailSender, OutboxSender>();
        services.AddSingleton<IMailSender, SmtpSender>();
        services.AddSingleton<IMailSender, SendGridSender>();
        services.AddSingleton<MailSenders>();
        // No retries: a repeat is decided by the edition's ledger, never by a client. And no connection is used twice: of a mail that is
        // posted on one that is just being closed, nobody knows whether it was taken.
        services.AddHttpClient(SendGridSender.HttpName)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseCookies = false });
        return services;
    }
}
