using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Conditions;

public sealed class SemVerTests
{
    // In ascending order; the pre-releases are semver.org's own example, item 11.
    private static readonly string[] Ascending =
    [
        "0.0.0-0", "0.0.0", "0.0.1", "0.1.0", "1.0.0--", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
        "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.9.0", "1.10.0", "2.0.0", "10.0.0", "99999999999999999999.0.0", "100000000000000000000.0.0",
    ];

    [Fact]
    public void PrecedenceIsAsTheSpecificationHasIt()
    {
        for (var i = 0; i < Ascending.Length; i++)
        {
            for (var j = 0; j < Ascending.Length; j++)
                Math.Sign(Compare(Ascending[i], Ascending[j])).Should().Be(Math.Sign(i - j), "{0} against {1}", Ascending[i], Ascending[j]);
        }
    }

    [Theory]
    [InlineData("1.0.0-Alpha", "1.0.0-alpha", -1)]
    [InlineData("1.0.0-1", "1.0.0-a", -1)]
    [InlineData("1.0.0-a.b.c", "1.0.0-a.b", 1)]
    [InlineData("1.0.0+a", "1.0.0+b", 0)]
    [InlineData("1.0.0-a+001", "1.0.0-a", 0)]
    [InlineData("1.0.0-0a", "1.0.0-00a", 1)]
    public void DetailsOfPrecedence(string left, string right, int order) => Math.Sign(Compare(left, right)).Should().Be(order);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("v1.2.3")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3 ")]
    [InlineData("01.2.3")]
    [InlineData("1.02.3")]
    [InlineData("1.2.03")]
    [InlineData("-1.2.3")]
    [InlineData("+1.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-+a")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3-a.")]
    [InlineData("1.2.3+a+b")]
    [InlineData("1.2.3-a_b")]
    [InlineData("1.2.3-é")]
    [InlineData("1.2.x")]
    [InlineData("1..3")]
    [InlineData(".1.2")]
    [InlineData("١.٢.٣")]
    [InlineData("1.2.3\n")]
    [InlineData("1.2.3\0")]
    [InlineData("1,2,3")]
    public void WhatIsNoVersionIsNotRead(string text) => SemVer.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("1.2.3-a-b")]
    [InlineData("1.2.3--1")]
    [InlineData("1.2.3-0")]
    [InlineData("1.2.3+00")]
    [InlineData("1.2.3+a-b.c")]
    [InlineData("1.2.3----RC-SNAPSHOT.12.9.1--.12+788")]
    public void WhatIsAVersionIsRead(string text) => SemVer.TryParse(text, out _).Should().BeTrue();

    [Theory]
    [InlineData("1.2.3", "1.2.3", true)]
    [InlineData("=1.2.3", "1.2.3+build", true)]
    [InlineData(">=1.2.0 <2.0.0", "1.2.0", true)]
    [InlineData(">=1.2.0 <2.0.0", "2.0.0", false)]
    [InlineData(">=1.2.0 <2.0.0", "2.0.0-rc.1", true)]
    [InlineData(">1.2.0", "1.2.0", false)]
    [InlineData("<=1.2.0", "1.2.0", true)]
    [InlineData(">2.0.0 <1.0.0", "1.5.0", false)]
    [InlineData(">=1.0.0-rc.1 <=1.0.0-rc.9 =1.0.0-rc.5", "1.0.0-rc.5", true)]
    public void RangeHoldsWhereAllComparatorsDo(string range, string version, bool holds)
    {
        SemVerRange.TryParse(range, out var parsed).Should().BeTrue();
        SemVer.TryParse(version, out var candidate).Should().BeTrue();

        parsed!.Contains(candidate).Should().Be(holds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*")]
    [InlineData("^1.2.3")]
    [InlineData("~1.2.3")]
    [InlineData(">= 1.2.3")]
    [InlineData(">=1.2.3  <2.0.0")]
    [InlineData(" >=1.2.3")]
    [InlineData(">=1.2.3,<2.0.0")]
    [InlineData(">=1.2.3 || <2.0.0")]
    [InlineData("==1.2.3")]
    [InlineData("=>1.2.3")]
    [InlineData("<>1.2.3")]
    [InlineData(">=1.2")]
    [InlineData("!=1.2.3")]
    public void WhatIsNoRangeIsNotRead(string range) => SemVerRange.TryParse(range, out _).Should().BeFalse();

    private static int Compare(string left, string right)
    {
        SemVer.TryParse(left, out var one).Should().BeTrue();
        SemVer.TryParse(right, out var other).Should().BeTrue();
        return one.CompareTo(other);
    }
}
