using System.Net;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("10.1.2.3")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::7")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    [InlineData("fe80::0204:61ff:fe9d:f156")]
    public void AddressesAreReadAsTheFrameworkReadsThem(string text)
    {
        NetworkAddress.TryParse(text, out var address).Should().BeTrue();

        var bytes = IPAddress.Parse(text).MapToIPv6().GetAddressBytes();
        address.Bits.Should().Be(bytes.Aggregate(UInt128.Zero, (bits, octet) => (bits << 8) | octet));
        address.IsV4.Should().Be(!text.Contains(':', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.0x4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.4\0")]
    [InlineData("1.2.3.4:80")]
    [InlineData("１.2.3.4")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("+1::")]
    [InlineData("::-1")]
    [InlineData("::0x1")]
    [InlineData("1:2:3:4:5:6:7:8 ")]
    [InlineData("0000:0000:0000:0000:0000:ffff:255.255.255.2555")]
    public void WhatIsNoAddressIsNotRead(string text) => NetworkAddress.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.1.1", true)]
    [InlineData("10.0.0.0/8", "::10.1.1.1", false)]
    [InlineData("0.0.0.0/0", "255.1.2.3", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3/32", "10.1.2.4", false)]
    [InlineData("10.1.2.2/31", "10.1.2.3", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "10.1.2.3", false)]
    [InlineData("::/0", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:0:0/96", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:0:0/96", "10.1.2.3", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("2001:db8::1", "2001:db8:0:0:0:0:0:1", true)]
    [InlineData("::1/128", "::1", true)]
    [InlineData("8000::/1", "ffff::", true)]
    [InlineData("8000::/1", "7fff::", false)]
    public void BlockHoldsItsAddresses(string block, string address, bool holds)
    {
        NetworkBlock.TryParse(block, out var parsed).Should().BeTrue();
        NetworkAddress.TryParse(address, out var candidate).Should().BeTrue();

        parsed.Contains(candidate).Should().Be(holds);
    }

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/8\0")]
    [InlineData("10.0.0.0/99999999999")]
    [InlineData("10.0.0/8")]
    [InlineData("/8")]
    [InlineData("2001:db8::1/32")]
    [InlineData("::/129")]
    [InlineData("::ffff:10.0.0.1/97")]
    public void WhatIsNoBlockIsNotRead(string text) => NetworkBlock.TryParse(text, out _).Should().BeFalse();
}
