using NewsMonitor.Webhooks;

namespace NewsMonitor.Tests.Unit.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    /// <summary>The vector in the tests of https://github.com/standard-webhooks/standard-webhooks, "sign function works".</summary>
    [Fact]
    public void The_published_vector_comes_out() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", At, """{"test": 2432232314}"""u8));

    [Fact]
    public void Each_part_counts()
    {
        var secret = WebhookSignature.NewSecret();
        string[] signatures =
        [
            WebhookSignature.Sign(secret, "a", At, "body"u8), WebhookSignature.Sign(secret, "b", At, "body"u8),
            WebhookSignature.Sign(secret, "a", At.AddSeconds(1), "body"u8), WebhookSignature.Sign(secret, "a", At, "Body"u8),
            WebhookSignature.Sign(WebhookSignature.NewSecret(), "a", At, "body"u8),
        ];
        Assert.Distinct(signatures);
    }

    [Fact]
    public void A_new_secret_is_of_the_specified_form_and_never_the_same()
    {
        var secrets = Enumerable.Range(0, 20).Select(_ => WebhookSignature.NewSecret()).ToList();
        Assert.Distinct(secrets);
        Assert.All(secrets, secret =>
        {
            Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
            Assert.InRange(Convert.FromBase64String(secret["whsec_".Length..]).Length, 24, 64);
        });
    }

    [Fact]
    public void Something_else_is_no_secret() => Assert.Throws<ArgumentException>(() => WebhookSignature.Sign("secret", "a", At, []));
}
