using System.ComponentModel.DataAnnotations;
using System.Net;
using NewsMonitor.Http;

namespace NewsMonitor.Tests.Unit.Http;

public sealed class NetworkRulesTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("169.253.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:81b::200e")]
    public void What_is_public_may_be_asked(string address)
    {
        Assert.True(NetworkRules.IsPublic(IPAddress.Parse(address)));
        Rules().Check("a.example", IPAddress.Parse(address), 443);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")] // carrier-grade NAT
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")] // Azure's own
    [InlineData("169.254.169.254")] // the metadata service of every cloud
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:8.8.8.8")] // no name resolves to one unless somebody wants it to
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")] // NAT64
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:7f00:1::")] // 6to4
    [InlineData("2001:0:7f00:1::")] // Teredo
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    public void What_is_not_public_may_not(string address)
    {
        Assert.False(NetworkRules.IsPublic(IPAddress.Parse(address)));
        var refused = Assert.Throws<NotAllowedException>(() => Rules().Check("a.example", IPAddress.Parse(address), 443));
        Assert.Contains("(the address of a.example) is not an address of the public internet", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Http__AllowedNetworks", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://2130706433/")] // decimal
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")] // octal
    [InlineData("http://127.1/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::1]/")]
    public void An_address_in_disguise_is_seen_before_anything_is_sent(string address) =>
        Assert.Throws<NotAllowedException>(() => Rules().CheckLiteral(new Uri(address)));

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(6379)]
    [InlineData(81)]
    public void Other_ports_than_the_webs_are_refused_unless_they_are_allowed(int port)
    {
        var address = IPAddress.Parse("8.8.8.8");
        Assert.Contains("Http__AllowedPorts", Assert.Throws<NotAllowedException>(() => Rules().Check("a.example", address, port)).Message, StringComparison.Ordinal);
        Rules(ports: $"9999, {port}").Check("a.example", address, port);
        foreach (var usual in (int[])[80, 443, 8080, 8443])
            Rules().Check("a.example", address, usual);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "127.3.2.1", true)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("10.0.0.0/8, 192.168.4.0/24", "192.168.4.7", true)]
    [InlineData("10.0.0.0/8, 192.168.4.0/24", "192.168.5.7", false)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("::1", "::1", true)]
    public void The_operators_own_networks_are_allowed_on_any_port(string allowed, string address, bool isAllowed)
    {
        var check = () => Rules(allowed).Check("lan.example", IPAddress.Parse(address), 12345);
        if (isAllowed)
            check();
        else
            Assert.Throws<NotAllowedException>(check);
    }

    [Theory]
    [InlineData("127.0.0.1/33", "", "127.0.0.1/33")]
    [InlineData("10.0.0.0/8, lan", "", "lan")]
    [InlineData("1", "", "'1'")]
    [InlineData("", "80, 0", "'0'")]
    [InlineData("", "65536", "65536")]
    public void A_list_that_cannot_be_read_is_told_by_name(string networks, string ports, string told)
    {
        var options = new HttpOptions { AllowedNetworks = networks, AllowedPorts = ports };
        var problem = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Contains(told, problem.ErrorMessage, StringComparison.Ordinal);
        Assert.StartsWith(networks.Length > 0 ? "Http:AllowedNetworks" : "Http:AllowedPorts", problem.ErrorMessage, StringComparison.Ordinal);
    }

    private static NetworkRules Rules(string networks = "", string ports = "") => new(new HttpOptions { AllowedNetworks = networks, AllowedPorts = ports });
}
