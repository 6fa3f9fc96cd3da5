using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Failover;

public sealed class FailoverOptionsValidatorTests
{
    private readonly FailoverOptionsValidator _validator = new();

    [Fact]
    public void DefaultsAreFine() => _validator.Validate(null, new()).Succeeded.Should().BeTrue();

    [Fact]
    public void LeavingAtTheFirstFailureMayBeWanted() =>
        _validator.Validate(null, new() { DemoteAfter = TimeSpan.Zero }).Succeeded.Should().BeTrue();

    [Fact]
    public void AllThatIsWrongIsToldAtOnce()
    {
        var result = _validator.Validate(null, new()
        {
            DemoteAfter = TimeSpan.FromSeconds(-1),
            RetryPreferredAfter = TimeSpan.FromMilliseconds(10),
            TryTimeout = TimeSpan.FromHours(2),
        });

        result.FailureMessage.Should().Contain("DemoteAfter").And.Contain("RetryPreferredAfter").And.Contain("TryTimeout");
    }
}
