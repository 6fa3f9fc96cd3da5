using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

/// <summary>Targeting whose values double: it ends its flag with an error before it takes time or memory, and no other flag.</summary>
public sealed class GrowingTargetingTests
{
    private const long MaxAllocated = 16 * 1024 * 1024;

    private static readonly string Forty = $"[{string.Join(',', Enumerable.Range(0, 40).Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";

    private static readonly EvaluationContext User = new("ada") { ["shared"] = Shared(), ["long"] = new string('x', 100_000) };

    public static TheoryData<string> Targeting =>
    [
        $$"""{"==":[{"cat":[{"reduce":[{{Forty}},[{"var":"accumulator"},{"var":"accumulator"}],"a"]}]},"x"]}""",
        $$"""{"==":[{"reduce":[{{Forty}},[{"var":"accumulator"},{"var":"accumulator"}],"a"]},"x"]}""",
        $$"""{"<":[{"reduce":[{{Forty}},[{"var":"accumulator"},{"var":"accumulator"}],"a"]},1]}""",
        $$"""{"reduce":[{{Forty}},{"cat":[{"var":"accumulator"},{"var":"accumulator"}]},"{{new string('x', 1_000)}}"]}""",
        $$"""{"reduce":[{{Forty}},{"merge":[{"var":"accumulator"},{"var":"accumulator"}]},[1]]}""",
        """{"cat":[{"var":"shared"}]}""",
        """{"==":[{"var":"shared"},"x"]}""",
        """{"in":[{"var":"shared"},"text"]}""",
        """{"substr":[{"var":"shared"},0,1]}""",
        """{"+":[{"var":"shared"},1]}""",
        """{"max":[{"var":"shared"},1]}""",
        """{"missing":[{"var":"shared"}]}""",
        """{"var":{"var":"shared"}}""",
        """{"fractional":[{"cat":[{"var":"shared"}]},["a",1]]}""",
    ];

    [Theory]
    [MemberData(nameof(Targeting))]
    public async Task FlagEndsWithAnErrorAndTheOthersLive(string targeting)
    {
        var source = new InMemorySnapshotSource(FlagdDocumentText.WithTargeting($$"""{"if":[{{targeting}},"b","a"]}"""), new FlagdFormat());
        await using var services = new ServiceCollection().AddLogging().AddProgressiveDelivery(client => client.From(_ => source)).BuildServiceProvider();
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        client.GetString("flag", User, "mine");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = client.EvaluateString("flag", User, "mine");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        (answer.Value, answer.Reason).Should().Be(("mine", EvaluationReason.Error));
        allocated.Should().BeLessThan(MaxAllocated);
        client.Explain("flag", User).Error.Should().Contain("costs too much");
        client.GetString("other", User, "mine").Should().Be("A");
    }

    private static AttributeValue Shared()
    {
        var value = AttributeValue.List("a");
        for (var i = 0; i < 40; i++)
            value = AttributeValue.List(value, value);
        return value;
    }
}
