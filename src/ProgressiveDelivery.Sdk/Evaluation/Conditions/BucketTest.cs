using System.Globalization;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Tests that the unit's position is in one of several ranges.</summary>
internal sealed class BucketTest(UnitBucketing bucketing, (double From, double To)[] ranges) : Condition
{
    public override string Describe() =>
        $"{bucketing.Describe()} in {string.Join(", ", ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"[{range.From}, {range.To})")))}";

    protected override Truth Decide(in EvaluationInput input)
    {
        if (!bucketing.TryPlace(in input, out var position, out var missing))
            return missing;
        foreach (var (from, to) in ranges)
        {
            if (position >= from && position < to)
                return Truth.True;
        }

        return Truth.False;
    }

    protected override string Detail(in EvaluationInput input) => bucketing.TryPlace(in input, out var position, out _)
        ? string.Create(CultureInfo.InvariantCulture, $"the position is {position}")
        : "the context has no such unit";
}
