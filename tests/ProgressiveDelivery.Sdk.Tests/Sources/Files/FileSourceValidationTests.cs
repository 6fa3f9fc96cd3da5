using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Files;

public sealed class FileSourceValidationTests
{
    [Fact]
    public void PathIsAllThatIsNeeded() =>
        Validate(new() { Path = "flags.json" }).Succeeded.Should().BeTrue();

    [Fact]
    public void AllFaultsAreReportedTogether()
    {
        var options = new FileSourceOptions { PollingInterval = TimeSpan.Zero };

        var result = Validate(options);

        result.Failures.Should().HaveCount(2);
        result.FailureMessage.Should().ContainAll("Path", "PollingInterval");
    }

    private static ValidateOptionsResult Validate(FileSourceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        FileSourceValidation.Check(errors, options);
        return errors.Build();
    }
}
