using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class FileSourceOptionsValidatorTests
{
    private readonly FileSourceOptionsValidator _validator = new();

    [Fact]
    public void PathIsAllThatIsNeeded() =>
        _validator.Validate(null, new() { Path = "flags.json" }).Succeeded.Should().BeTrue();

    [Fact]
    public void AllFaultsAreReportedTogether()
    {
        var options = new FileSourceOptions { PollingInterval = TimeSpan.Zero, MaximumBytes = 0 };

        var result = _validator.Validate(null, options);

        result.Failures.Should().HaveCount(3);
        result.FailureMessage.Should().ContainAll("Path", "PollingInterval", "MaximumBytes");
    }
}
