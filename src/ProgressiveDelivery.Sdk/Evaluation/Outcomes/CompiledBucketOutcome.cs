using System.Globalization;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves the variant of the first range that contains the unit's position.</summary>
internal sealed class CompiledBucketOutcome(UnitBucketing bucketing, (double From, double To, short Variant)[] shares, short otherwise, string[] variantNames) : Outcome
{
    public override Served Serve(in EvaluationInput input)
    {
        if (!bucketing.TryPlace(in input, out var position, out var missing))
        {
            input.Trace?.Add(ExplanationKind.Split, bucketing.Describe(), null, "the context has no such unit: not bucketed");
            return missing.IsAbort() ? Served.Abort(missing) : Served.PassOn;
        }

        foreach (var (from, to, variant) in shares)
        {
            if (position < from || position >= to)
                continue;
            Trace(in input, variant, position, from, to);
            return new(variant, variant < 0 ? EvaluationReason.RuleMatch : EvaluationReason.Split);
        }

        input.Trace?.Add(ExplanationKind.Split, bucketing.Describe(), false, string.Create(CultureInfo.InvariantCulture, $"the position {position} is in no range"));
        return Served.Else(otherwise);
    }

    private void Trace(in EvaluationInput input, short variant, double position, double from, double to) => input.Trace?.Add(
        ExplanationKind.Split,
        variant < 0 ? "nothing" : variantNames[variant],
        true,
        string.Create(CultureInfo.InvariantCulture, $"{bucketing.Describe()}: the position {position} is in [{from}, {to})"),
        position: position);
}
