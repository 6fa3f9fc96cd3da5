namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>The rules as Prometheus reads them, and their own tests.</summary>
[Trait("Category", "Long")]
public sealed class PromtoolTests
{
    [PromtoolFact]
    public async Task RulesAreValid()
    {
        var (exitCode, output) = await Promtool.RunAsync("check", "rules", "--lint=all", "--lint-fatal", "rules.yml");

        exitCode.Should().Be(0, output);
        var rules = File.ReadLines(Repository.PathOf("docs", "observability", "rules.yml")).Count(line => line.TrimStart().StartsWith("- record:", StringComparison.Ordinal) || line.TrimStart().StartsWith("- alert:", StringComparison.Ordinal));
        output.Should().Contain($"SUCCESS: {rules} rules found");
    }

    [PromtoolFact]
    public async Task RulesPassTheirTests()
    {
        var (exitCode, output) = await Promtool.RunAsync("test", "rules", "rules.test.yml");

        exitCode.Should().Be(0, output);
        output.Should().Contain("SUCCESS");
    }
}
