namespace NewsMonitor.Tests.Unit;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://a.example/1", null, "https://a.example/1")]
    [InlineData("  http://a.example \n", null, "http://a.example/")]
    [InlineData("/news", "https://a.example/x", "https://a.example/news")]
    [InlineData("//b.example/news", "https://a.example/x", "https://b.example/news")]
    [InlineData("/news", null, null)]
    [InlineData("file:///etc/passwd", null, null)]
    [InlineData("javascript:alert(1)", "https://a.example/", null)]
    [InlineData("ftp://a.example/", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, "https://a.example/", null)]
    [InlineData("//\u200F  ", null, null)]
    [InlineData("//\u200F", "https://a.example/", null)]
    [InlineData("http://\u200F/", null, null)]
    public void Only_web_addresses_are_read_and_nothing_throws(string? text, string? origin, string? expected)
    {
        var isRead = WebAddress.TryRead(text, origin is null ? null : new Uri(origin), out var address);
        Assert.Equal((expected is not null, expected), (isRead, isRead ? address!.AbsoluteUri : null));
    }
}
