using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A window of time that includes its start and excludes its end.</summary>
internal sealed class BetweenTest(long fromTicks, long toTicks) : Condition
{
    public override string Describe() => $"between {Text(fromTicks)} and {Text(toTicks)}";

    protected override Truth Decide(in EvaluationInput input) =>
        (input.NowTicks >= fromTicks && input.NowTicks < toTicks).ToTruth();

    protected override string Detail(in EvaluationInput input) => $"now is {Text(input.NowTicks)}";

    private static string Text(long ticks) => ticks switch
    {
        long.MinValue or long.MaxValue => "…",
        _ => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
    };
}
