using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Diagnostics;

public class NearestNameTests
{
    [Theory]
    [InlineData("new-chekout", "new-checkout")]
    [InlineData("New-Checkout", "new-checkout")]
    [InlineData("new_checkout", "new-checkout")]
    [InlineData("baner", "banner")]
    [InlineData("of", "off")]
    public void MisspellingFindsWhatWasMeant(string name, string meant) =>
        NearestName.Find(name, ["banner", "new-checkout", "old-checkout", "off"]).Should().Be(meant);

    [Theory]
    [InlineData("")]
    [InlineData("payments")]
    [InlineData("xyz")]
    public void NameFarFromAllFindsNone(string name) => NearestName.Find(name, ["banner", "new-checkout"]).Should().BeNull();

    [Theory]
    [InlineData("enable", "enabled")]
    [InlineData("Enabled", "enabled")]
    [InlineData("ENABLE", "enabled")]
    [InlineData("enbaled", "enabled")]
    [InlineData("wen", "when")]
    [InlineData("why", "when")]
    [InlineData("client_visible", "clientVisible")]
    [InlineData("BY", "by")]
    [InlineData("All", "all")]
    public void MemberIsMisspeltWithinTwoEditsOrInAnotherCase(string name, string known) => NearestName.Misspells(name, known).Should().BeInRange(0, 2);

    [Theory]
    [InlineData("note", "not")]
    [InlineData("alll", "all")]
    [InlineData("bye", "by")]
    [InlineData("ebnaeld", "enabled")]
    [InlineData("when", "whenever")]
    [InlineData("", "when")]
    public void MemberFartherOffOrNearAShortNameIsNotMisspelt(string name, string known) => NearestName.Misspells(name, known).Should().BeNull();

    [Fact]
    public void NearestOfSeveralIsFound() => NearestName.Find("checkout-v2", ["checkout-b3", "checkout-v3", "checkout"]).Should().Be("checkout-v3");

    [Fact]
    public void LongNamesAreNotCompared()
    {
        var known = Enumerable.Repeat(new string('x', 10_000), 100_000);

        NearestName.Find(new string('x', 9_999), known).Should().BeNull();
        NearestName.Find(new string('x', 64), known.Prepend(new string('x', 66))).Should().Be(new string('x', 66));
    }
}
