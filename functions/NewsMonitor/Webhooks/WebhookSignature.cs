using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NewsMonitor.Webhooks;

/// <summary>
/// Signs as the Standard Webhooks specification says (https://www.standardwebhooks.com): HMAC-SHA256 over
/// <c>id.timestamp.body</c> with the secret's decoded bytes, written <c>v1,</c> and base64.
/// </summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string Sign(string secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            throw new ArgumentException("A secret begins with whsec_.", nameof(secret));
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}."));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[Prefix.Length..]));
        hmac.AppendData(head);
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
