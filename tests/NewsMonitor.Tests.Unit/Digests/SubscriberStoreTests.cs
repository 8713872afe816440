using Microsoft.Extensions.Logging.Abstractions;
using NewsMonitor.Digests;

namespace NewsMonitor.Tests.Unit.Digests;

public sealed class SubscriberStoreTests
{
    private readonly MemoryBlobs _blobs = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SubscriberStore Store => new(_blobs, TimeProvider.System, NullLogger<SubscriberStore>.Instance);

    [Fact]
    public async Task A_subscriber_is_stored_under_an_id_that_does_not_show_the_address_with_a_secret_of_its_own()
    {
        Assert.True(await Store.AddAsync(DigestDesk.Reader("one"), Cancel));
        Assert.True(await Store.AddAsync(DigestDesk.Reader("two"), Cancel));
        var subscribers = await Store.ListAsync(Cancel);
        Assert.Equal(2, subscribers.Select(subscriber => subscriber.Token).Distinct().Count());
        Assert.All(subscribers, subscriber =>
        {
            Assert.Matches("^[0-9a-f]{16}$", subscriber.Id);
            Assert.Matches("^[0-9a-f]{64}$", subscriber.Token);
            Assert.Equal(SubscriberStatus.Active, subscriber.Status);
        });
        Assert.DoesNotContain(_blobs.Paths("subscribers/"), path => path.Contains("one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_is_one_subscriber_whatever_its_case_and_the_first_stays()
    {
        Assert.True(await Store.AddAsync(DigestDesk.Reader("reader"), Cancel));
        Assert.False(await Store.AddAsync(DigestDesk.Reader("READER", Cadence.Weekly), Cancel));
        Assert.Equal(Cadence.Instant, Assert.Single(await Store.ListAsync(Cancel)).Cadence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData(" a@example.org")]
    [InlineData("A <a@example.org>")]
    [InlineData("a@example.org,b@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    public async Task What_is_no_bare_address_is_refused(string address) => await RefusedAsync(DigestDesk.Reader() with { Address = address }, "reader@example.org");

    [Theory]
    [InlineData("fr")]
    [InlineData("AR")]
    [InlineData("")]
    public async Task A_language_without_words_is_refused(string language) => await RefusedAsync(DigestDesk.Reader() with { Language = language }, "ar or en");

    [Theory]
    [InlineData("")]
    [InlineData("Bagdad")]
    [InlineData("Asia/Baghdad ")]
    [InlineData("../../etc/passwd")]
    public async Task A_zone_that_is_none_is_refused(string zone) => await RefusedAsync(DigestDesk.Reader() with { TimeZone = zone }, "Asia/Baghdad");

    [Fact]
    public async Task Only_the_token_unsubscribes_and_only_its_owner()
    {
        await Store.AddAsync(DigestDesk.Reader("one"), Cancel);
        await Store.AddAsync(DigestDesk.Reader("two"), Cancel);
        var one = await ReadAsync("one");
        var two = await ReadAsync("two");
        foreach (var (id, token) in (IEnumerable<(string, string)>)
            [(one.Id, two.Token), (one.Id, ""), (one.Id, one.Token[1..]), (one.Id, one.Token + "0"), (one.Id, one.Token.ToUpperInvariant()), (one.Id, "حوار"),
             ("", one.Token), ("../x", one.Token), ("a b", one.Token), (new string('a', 395), one.Token), ("0123456789abcdef", one.Token)])
        {
            Assert.False(await Store.UnsubscribeAsync(id, token, Cancel));
        }

        Assert.True(await Store.UnsubscribeAsync(one.Id, one.Token, Cancel));
        Assert.True(await Store.UnsubscribeAsync(one.Id, one.Token, Cancel)); // a second click is no error
        Assert.Equal(SubscriberStatus.Unsubscribed, (await ReadAsync("one")).Status);
        Assert.Equal(SubscriberStatus.Active, (await ReadAsync("two")).Status);
    }

    [Fact]
    public async Task Removing_erases_the_address()
    {
        await Store.AddAsync(DigestDesk.Reader("one"), Cancel);
        Assert.True(await Store.RemoveAsync(SubscriberStore.IdOf("one@example.org"), Cancel));
        Assert.False(await Store.RemoveAsync(SubscriberStore.IdOf("one@example.org"), Cancel));
        Assert.Empty(_blobs.Paths(""));
        Assert.Null(await Store.ChangeStatusAsync(SubscriberStore.IdOf("one@example.org"), SubscriberStatus.Active, Cancel));
        Assert.Empty(_blobs.Paths(""));
    }

    [Theory]
    [InlineData("reader@example.org", "r…@example.org")]
    [InlineData("\u202Ereader@example.org", "…@example.org")]
    [InlineData("nobody", "…")]
    [InlineData("@example.org", "…")]
    [InlineData("", "…")]
    public void An_address_is_shown_masked(string address, string shown) => Assert.Equal(shown, SafeText.Masked(address));

    private async Task RefusedAsync(NewSubscriber wanted, string saysToGive)
    {
        var refused = await Assert.ThrowsAsync<MonitorException>(() => Store.AddAsync(wanted, Cancel));
        Assert.Contains(saysToGive, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Empty(_blobs.Paths(""));
    }

    private async Task<Subscriber> ReadAsync(string name) => (await Store.ReadAsync(SubscriberStore.IdOf($"{name}@example.org"), Cancel))!;
}
