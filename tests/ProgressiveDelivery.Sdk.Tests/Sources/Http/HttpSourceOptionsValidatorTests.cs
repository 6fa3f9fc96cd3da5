using ProgressiveDelivery.Sdk.Sources.Http;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Http;

public sealed class HttpSourceOptionsValidatorTests
{
    private readonly HttpSourceOptionsValidator<HttpSourceOptions> _validator = new();

    [Fact]
    public void AddressIsAllThatIsNeeded() =>
        _validator.Validate(null, new() { Address = new("https://[::1]/snapshot?a=b") }).Succeeded.Should().BeTrue();

    [Theory]
    [InlineData("snapshot", "absolute")]
    [InlineData("ftp://example.com/snapshot", "scheme 'ftp'")]
    [InlineData("https://user:s3cret@example.com/snapshot", "credentials")]
    [InlineData("https://example.com/snapshot#here", "fragment")]
    public void AddressMustBeOneThatCanBePolled(string address, string fault)
    {
        var result = _validator.Validate(null, new() { Address = new(address, UriKind.RelativeOrAbsolute) });

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
            MaximumBytes = -1,
            Authorization = "s3cret\r\nX: y",
            Headers = { ["X-Key"] = "s3cret-é", ["Content-Type"] = "text/plain", ["not a name"] = "x", ["if-none-match"] = "x" },
        };

        var result = _validator.Validate(null, options);

        result.Failures.Should().HaveCount(10);
        result.FailureMessage.Should().ContainAll(
            "Address", "PollingInterval", "AttemptTimeout", "BodyTimeout", "MaximumBytes", "Authorization", "X-Key", "Content-Type", "not a name", "if-none-match")
            .And.NotContain("s3cret");
    }
}
