using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Sources;

/// <summary>The names and kinds of sources, for people.</summary>
public sealed class SourceTextTests
{
    [Theory]
    [InlineData("https://ada:s3cret@flags.example.com:8443/env/snapshot?key=s3cret#s3cret", "https://flags.example.com:8443/env/snapshot")]
    [InlineData("redis://:s3cret@cache:6379/0", "redis://cache:6379/0")]
    [InlineData("https://ada:s3/cr@et@fl ags/snapshot?key=s3cret", "https://fl ags/snapshot")]
    [InlineData("https://[bad/snapshot#s3cret", "https://[bad/snapshot")]
    [InlineData("https://flags.example.com/@team/snapshot", "https://flags.example.com/@team/snapshot")]
    [InlineData("/etc/flags#1.json", "/etc/flags#1.json")]
    [InlineData("C:\\flags?.json", "C:\\flags?.json")]
    [InlineData("memory", "memory")]
    [InlineData("", "")]
    public void NameHasNoSecrets(string name, string shown) => SourceText.NameOf(name).Should().Be(shown);

    [Fact]
    public void LongNameIsCut() => SourceText.NameOf(new string('x', 10_000)).Should().HaveLength(500);

    [Theory]
    [InlineData(30, "polled every 30 s")]
    [InlineData(90, "polled every 90 s")]
    [InlineData(300, "polled every 5 min")]
    [InlineData(7_200, "polled every 2 h")]
    [InlineData(0.25, "polled every 0.25 s")]
    [InlineData(0, "polled every 0 s")]
    public void PauseIsInWords(double seconds, string words) => SourceText.PolledEvery(TimeSpan.FromSeconds(seconds)).Should().Be(words);
}
