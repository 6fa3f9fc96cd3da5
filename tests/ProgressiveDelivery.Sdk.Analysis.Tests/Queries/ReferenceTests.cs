using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries;

/// <summary>Random events: SQL comes to the same numbers as a second implementation without SQL.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData(1, 40, 300)]
    [InlineData(2, 12, 60)]
    [InlineData(3, 3, 10)]
    public Task RandomEventsComeToTheSameNumbers(int seed, int units, int outcomes) => Compare(seed, units, outcomes);

    [Fact]
    [Trait("Category", "Long")]
    public async Task ManyRandomEventsComeToTheSameNumbers()
    {
        for (var seed = 100; seed < 160; seed++)
            await Compare(seed, units: seed % 30, outcomes: seed * 7 % 200);
    }

    private static async Task Compare(int seed, int units, int outcomes)
    {
        string[] lines = [.. new EventGenerator(seed) { Oddities = 0.15, Days = 2 + (seed % 4) }.Lines(units, outcomes)];
        using var folder = new TempFolder();
        var path = folder.Write("events.jsonl", string.Join('\n', lines) + "\n");

        var data = await new DuckDbEvents(path).ReadAsync(Plans.Full);

        Figures.ShouldEqual(data, ReferenceAnalysis.Read(lines, Plans.Full));
    }
}
