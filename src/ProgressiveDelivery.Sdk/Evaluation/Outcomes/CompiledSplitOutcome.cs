using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Chooses a variant by weight, with its own hash, independent of any admission on the same salt.</summary>
internal sealed class CompiledSplitOutcome(WeightTable weights, UnitReference by, string salt, string[] variantNames) : Outcome
{
    private readonly Salt _salt = new(salt + "/split");

    [SkipLocalsInit, MethodImpl(MethodImplOptions.NoInlining)]
    public override Served Serve(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
            return NoUnit(in input, by, ExplanationKind.Split);
        return new(Choose(in input, unit), EvaluationReason.Split);
    }

    /// <summary>Chooses the variant of a unit that takes part.</summary>
    public short Choose(in EvaluationInput input, ReadOnlySpan<char> unit)
    {
        var position = _salt.Position(unit);
        var index = weights.Find(position);
        var variant = weights.Variant(index);
        if (input.Trace is { } trace)
        {
            var (from, to) = weights.Range(index);
            trace.Add(ExplanationKind.Split, variantNames[variant], true, bucket: new(_salt.Text, by.Text, position, from, to));
        }

        return variant;
    }

    /// <summary>Returns whether the split names a variant, even at weight 0.</summary>
    public bool Names(string variant, out short index)
    {
        index = (short)Array.LastIndexOf(variantNames, variant);
        return index >= 0 && weights.Names(index);
    }

    /// <summary>Counts a missing unit, which is never bucketed; the step passes on.</summary>
    internal static Served NoUnit(in EvaluationInput input, UnitReference by, ExplanationKind kind)
    {
        input.Services.Counters.UnitMissing();
        input.Trace?.Add(kind, by.Text, null, "the context has no such unit: not bucketed, the step passes on");
        return Served.PassOn;
    }
}
