using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class HttpSourceValidationTests
{
    [Fact]
    public void AddressIsAllThatIsNeeded() =>
        Validate(new() { Address = new("https://[::1]/snapshot?a=b") }).Succeeded.Should().BeTrue();

    [Theory]
    [InlineData("snapshot", "absolute")]
    [InlineData("ftp://example.com/snapshot", "scheme 'ftp'")]
    [InlineData("https://user:s3cret@example.com/snapshot", "credentials")]
    [InlineData("https://example.com/snapshot#here", "fragment")]
    public void AddressMustBeOneThatCanBePolled(string address, string fault)
    {
        var result = Validate(new() { Address = new(address, UriKind.RelativeOrAbsolute) });

        result.FailureMessage.Should().Contain(fault).And.NotContain("s3cret");
    }

    [Fact]
    public void AllFaultsAreReportedTogetherAndNoSecretIsShown()
    {
        var options = new HttpSourceOptions
        {
            PollingInterval = TimeSpan.FromMilliseconds(999),
            AttemptTimeout = TimeSpan.Zero,
            BodyTimeout = Timeout.InfiniteTimeSpan,
            Authorization = "s3cret\r\nX: y",
            Headers = { ["X-Key"] = "s3cret-é", ["Content-Type"] = "text/plain", ["not a name"] = "x", ["if-none-match"] = "x" },
        };

        var result = Validate(options);

        result.Failures.Should().HaveCount(9);
        result.FailureMessage.Should().ContainAll(
            "Address", "PollingInterval", "AttemptTimeout", "BodyTimeout", "Authorization", "X-Key", "Content-Type", "not a name", "if-none-match")
            .And.NotContain("s3cret");
    }

    private static ValidateOptionsResult Validate(HttpSourceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        HttpEndpointValidation.Check(errors, options);
        HttpSourceValidation.Check(errors, options);
        return errors.Build();
    }
}
