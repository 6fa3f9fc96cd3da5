using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>The range of positions that a layer or a holdout gives to a unit; half-open.</summary>
internal sealed class Placement(ExplanationKind kind, string name, Salt salt, UnitReference by, int from, int to)
{
    /// <summary>Returns whether the context has a unit to place. Without one, the step passes on.</summary>
    [SkipLocalsInit]
    public bool HasUnit(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        if (!by.Read(in input, scratch).IsEmpty)
            return true;
        CompiledSplitOutcome.NoUnit(in input, by, kind);
        return false;
    }

    [SkipLocalsInit]
    public bool Contains(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var position = salt.Position(by.Read(in input, scratch));
        var inside = position >= from && position < to;
        input.Trace?.Add(kind, name, inside, bucket: new(salt.Text, by.Text, position, from, to));
        return inside;
    }
}
