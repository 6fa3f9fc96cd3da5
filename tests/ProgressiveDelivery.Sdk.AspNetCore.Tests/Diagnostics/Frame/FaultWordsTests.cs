using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public sealed class FaultWordsTests
{
    [Theory]
    [InlineData("Source 'one' sent a snapshot that is rejected: PD1007 Fatal at $.assertions[0]: Assertion on flag 'f': it yields 'on'.", "Assertion on flag 'f': it yields 'on'.")]
    [InlineData("Source 'one' is behind: it has version 1, version 2 is in force.", "it has version 1, version 2 is in force.")]
    [InlineData("Source 'one' sent a snapshot that is rejected: too long", "too long")]
    [InlineData("Source 'two' is behind: it has version 1.", "Source 'two' is behind: it has version 1.")]
    [InlineData("Source 'one' answers 503.", "Source 'one' answers 503.")]
    [InlineData("Connection refused.", "Connection refused.")]
    [InlineData("", "")]
    public void NameAndOutcomeAreLeftOut(string message, string brief) => FaultWords.Brief(message, "one").Should().Be(brief);
}
