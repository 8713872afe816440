using System.Text;
using MimeKit;
using NewsMonitor.Digests.Mail;
using NewsMonitor.Storage;
using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract.Digests;

public sealed class OutboxSenderTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly LogLines<OutboxSender> _log = new();

    private string Folder => _data["outbox"];

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_file_opens_as_the_mail_it_is()
    {
        var mail = TestMail.Make();
        var outcome = await Sender().SendAsync(mail, TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.Accepted, outcome.Result);
        Assert.Equal(Path.Combine(Folder, mail.EditionId + ".eml"), outcome.Detail);
        using var message = await MimeMessage.LoadAsync(outcome.Detail, TestContext.Current.CancellationToken);
        Assert.Equal(("مرصد الأخبار", "monitor@news.example.org"), (message.From.Mailboxes.Single().Name, message.From.Mailboxes.Single().Address));
        Assert.Equal(TestMail.To, message.To.Mailboxes.Single().Address);
        Assert.Equal(mail.Content.Subject, message.Subject);
        Assert.Equal((mail.Date, mail.Date.Offset), (message.Date, message.Date.Offset));
        Assert.Equal(mail.MessageId, message.MessageId);
        Assert.Equal("<digest.news.example.org>", message.Headers["List-Id"]);
        Assert.Equal("<https://news.example.org/unsubscribe?t=Zm9v>", message.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("ar", message.Body!.Headers["Content-Language"]);

        var alternative = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(part => part.ContentType.MimeType));
        Assert.All(alternative, part => Assert.Equal("utf-8", part.ContentType.Charset, ignoreCase: true));
        Assert.Equal(mail.Content.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Content.Html, message.HtmlBody!.ReplaceLineEndings("\n"));

        var bytes = await File.ReadAllBytesAsync(outcome.Detail, TestContext.Current.CancellationToken);
        Assert.True(Ascii.IsValid(bytes));
        Assert.All(Encoding.ASCII.GetString(bytes).Split('\n'), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public async Task The_same_edition_again_is_the_same_file()
    {
        var first = await Sender().SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(first.Detail, TestContext.Current.CancellationToken);
        var second = await Sender().SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.True(Sender().Repeatable);
        Assert.Equal(first.Detail, second.Detail);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(first.Detail, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("https://news.example.org/u?t=a%2Bb", true)]
    [InlineData("http://localhost:5080/u?t=a", true)]
    [InlineData("http://127.0.0.1:5080/u?t=a", true)]
    [InlineData("http://news.example.org/u?t=a", false)]
    [InlineData("http://localhost.example.org/u?t=a", false)]
    [InlineData("mailto:off@example.org", false)]
    [InlineData(null, false)]
    public void One_click_is_offered_over_https_only(string? address, bool offered)
    {
        var headers = new MimeMessages(TestMail.Options()).Headers(TestMail.Make(address)).ToDictionary(header => header.Name, header => header.Value);

        Assert.Equal(offered, headers.ContainsKey("List-Unsubscribe-Post"));
        Assert.Equal(offered ? $"<{address}>" : null, headers.GetValueOrDefault("List-Unsubscribe"));
    }

    [Fact]
    public async Task A_long_address_to_unsubscribe_at_survives_folding()
    {
        var address = "https://news.example.org/unsubscribe?t=" + new string('a', 400);
        var outcome = await Sender().SendAsync(TestMail.Make(address), TestContext.Current.CancellationToken);
        var raw = await File.ReadAllTextAsync(outcome.Detail, TestContext.Current.CancellationToken);

        Assert.Contains($"<{address}>", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("Name <a@example.org>")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("")]
    public async Task What_is_no_single_address_is_refused(string to)
    {
        var outcome = await Sender().SendAsync(TestMail.Make(to: to), TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.Refused, outcome.Result);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var sender = Sender();
        await File.WriteAllTextAsync(Folder, "a file where the folder should be", TestContext.Current.CancellationToken);
        var outcome = await sender.SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.Equal(SendResult.TryLater, outcome.Result);
        Assert.Contains(Folder, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_edition_leads_out_of_the_folder() => await Assert.ThrowsAsync<ArgumentException>(
        () => Sender().SendAsync(TestMail.Make() with { EditionId = "../up" }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_log_does_not_show_the_address()
    {
        await Sender().SendAsync(TestMail.Make(), TestContext.Current.CancellationToken);

        Assert.NotEmpty(_log.Lines);
        Assert.All(_log.Lines, TestMail.AssertMasked);
    }

    private OutboxSender Sender() => new(new FileBlobs(_data.Path), new MimeMessages(TestMail.Options()), _log);
}
