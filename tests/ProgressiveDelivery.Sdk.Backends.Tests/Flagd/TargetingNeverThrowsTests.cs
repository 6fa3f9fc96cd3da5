using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Backends.Flagd;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Flagd;

/// <summary>Whatever a document says and a context holds, evaluation comes to an answer.</summary>
public sealed class TargetingNeverThrowsTests
{
    private const int Flags = 400;

    private static readonly string[] Operators =
    [
        "var", "missing", "missing_some", "if", "?:", "and", "or", "!", "!!", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "min", "max", "in", "cat",
        "substr", "merge", "map", "filter", "reduce", "all", "none", "some", "starts_with", "ends_with", "sem_ver", "fractional",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e308", "-9223372036854775808", "18446744073709551615", "\"\"", "\"a\"", "\"0x1F\"", "\"1.2.3\"", "\">=\"", "\"é\\u0000😀\"", "[]", "{}", "{\"a\":1,\"b\":[2]}",
        "\"list\"", "\"object.a\"", "\"$flagd.timestamp\"", "\"targetingKey\"", "\"current\"", "\"accumulator\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RandomTargetingIsAnswered(int seed)
    {
        var random = new Random(seed);
        foreach (var generation in Enum.GetValues<FlagdFractional>())
        {
            var flags = Enumerable.Range(0, Flags).Select(i => $"\"f{i}\":" + FlagdDocumentText.Flag(Rule(random, 5)));
            var source = new InMemorySnapshotSource("{\"flags\":{" + string.Join(',', flags) + "}}", new FlagdFormat(generation));
            await using var services = new ServiceCollection().AddLogging()
                .AddProgressiveDelivery(client => client.From(_ => source).Configure(options => options.MaxQuarantinedShare = 1))
                .BuildServiceProvider();
            var client = services.GetRequiredService<IFeatureClient>();
            (await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30))).State.Should().Be(FeatureClientState.Ready);

            foreach (var context in Contexts())
            {
                for (var i = 0; i < Flags; i++)
                    client.GetString($"f{i}", context, "fallback").Should().BeOneOf("A", "B", "yes", "fallback");
            }
        }
    }

    private static string Rule(Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return Values[random.Next(Values.Length)];
        var operands = Enumerable.Range(0, random.Next(5)).Select(_ => Rule(random, depth - 1));
        var list = $"[{string.Join(',', operands)}]";
        return random.Next(6) == 0 ? list : $"{{\"{Operators[random.Next(Operators.Length)]}\":{(random.Next(5) == 0 ? Rule(random, depth - 1) : list)}}}";
    }

    private static IEnumerable<EvaluationContext> Contexts()
    {
        yield return EvaluationContext.Empty;
        yield return new("") { ["list"] = AttributeValue.List(1, "2", default, AttributeValue.List(true)), ["a"] = double.NaN };
        yield return new(new string('k', 3_000)) { ["object"] = AttributeValue.Object([new("a", new string('x', 5_000)), new("", double.PositiveInfinity)]), ["list"] = DateTimeOffset.UnixEpoch };
    }
}
