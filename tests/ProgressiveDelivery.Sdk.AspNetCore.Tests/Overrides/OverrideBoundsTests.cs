namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>Requests that are too large or too many.</summary>
public sealed class OverrideBoundsTests
{
    [Fact]
    public async Task TwentyOverridesAreReadAndMoreAreRefusedAsAWhole()
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync("tester", $"banner=b,{Many(19)}")).Should().Be("b Override");
        (await app.ReadAsync("tester", $"banner=b,{Many(20)}")).Should().Be("a Default");
        (await app.ReadAsync("tester", $"banner=b,{string.Join(',', Enumerable.Repeat("junk", 20))}")).Should().Be("a Default");

        app.LogsOf(2024).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(256, "b Override")]
    [InlineData(257, "b Override")]
    [InlineData(4_500, "a Default")]
    public async Task LongNameIsIgnoredAndALongHeaderIsRefused(int length, string expected)
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync("tester", $"{new string('x', length)}=on,banner=b")).Should().Be(expected);

        app.LogsOf(2021).Should().HaveCount(length == 256 ? 1 : 0);
        app.LogsOf(2022).Should().HaveCount(length == 257 ? 1 : 0);
        app.LogsOf(2024).Should().HaveCount(length == 4_500 ? 1 : 0);
    }

    [Fact]
    public async Task LengthOfAllLinesCountsTogether()
    {
        await using var app = await OverrideApp.StartAsync();
        var line = $"{new string('x', 2_100)}=on";

        using var response = await app.SendAsync("tester", headers: [(OverrideApp.Header, "banner=b"), (OverrideApp.Header, line), (OverrideApp.Header, line)]);

        (await response.Content.ReadAsStringAsync()).Should().Be("a Default");
    }

    [Fact]
    public async Task FloodOfForgedHeadersIsLoggedTenTimesAMinuteAndCounted()
    {
        await using var app = await OverrideApp.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => app.ReadAsync("customer", i % 2 == 0 ? "banner=b" : Many(30))));
        app.LogsOf(2023).Count.Should().BeLessThanOrEqualTo(10);
        (app.LogsOf(2023).Count + app.LogsOf(2024).Count).Should().Be(10);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ReadAsync("customer", "banner=b");

        app.LogsOf(2027).Should().ContainSingle().Which.Message.Should().Contain("90 further");
        (app.LogsOf(2023).Count + app.LogsOf(2024).Count).Should().Be(11);
        app.Logs.Should().NotContain(line => line.Id.Id >= 2020 && line.Message.Contains("banner", StringComparison.Ordinal));
    }

    private static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"flag-{i}=on"));
}
