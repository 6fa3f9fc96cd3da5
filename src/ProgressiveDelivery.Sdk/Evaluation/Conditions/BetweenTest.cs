using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A window of time that includes its start and excludes its end.</summary>
internal sealed class BetweenTest(long fromTicks, long toTicks, AttributeReference? clock = null) : Condition
{
    public override string Describe() => $"between {Text(fromTicks)} and {Text(toTicks)}";

    protected override Truth Decide(in EvaluationInput input)
    {
        var now = Now(in input);
        return (now >= fromTicks && now < toTicks).ToTruth();
    }

    protected override string Detail(in EvaluationInput input) => $"now is {Text(Now(in input))}";

    private long Now(in EvaluationInput input)
    {
        if (clock is null)
            return input.NowTicks;
        ref readonly var value = ref clock.Read(in input);
        return ReadInstantTest.TryRead(in value, InstantReading.Iso8601, out var ticks) ? ticks : input.NowTicks;
    }

    private static string Text(long ticks) => ticks switch
    {
        long.MinValue or long.MaxValue => "…",
        _ => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
    };
}
