using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation.Bucketing;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Whether a layer or a holdout places a unit inside a half-open range; unknown without a unit.</summary>
internal sealed class Placement(ExplanationKind kind, string name, Salt salt, UnitReference by, int from, int to)
{
    [SkipLocalsInit]
    public Truth Test(in EvaluationInput input)
    {
        Span<char> scratch = stackalloc char[UnitReference.ScratchLength];
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
        {
            SplitOutcome.NoUnit(in input, by, kind);
            return Truth.Unknown;
        }

        var position = salt.Position(unit);
        var inside = position >= from && position < to;
        input.Trace?.Add(kind, name, inside, bucket: new(salt.Text, by.Text, position, from, to));
        return inside.ToTruth();
    }
}
