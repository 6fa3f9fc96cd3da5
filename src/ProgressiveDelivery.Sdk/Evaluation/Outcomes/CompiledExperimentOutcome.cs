using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>
/// Splits the units that no holdout withholds and whose position in the layer is in its slots. Stored assignments apply after the holdout and before
/// the layer.
/// </summary>
internal sealed class CompiledExperimentOutcome(
    string key, UnitReference by, CompiledSplitOutcome split, ExperimentDesign design, Placement? holdout, Placement? layer, StickyDefinition? sticky, short otherwise, string[] variantNames)
    : Outcome
{
    public override CompiledExperiment? Experiment { get; } = new(key, by) { Design = design };

    public override bool IsSticky => sticky is not null;

    [SkipLocalsInit]
    public override void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = by.Read(in input, scratch);
        if (sticky is not null && !unit.IsEmpty)
            visitor.Visit(key, unit, sticky.Version);
    }

    public override Served Serve(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Experiment, key);
        var served = Decide(in input);
        input.Trace?.End(served.HasVariant);
        return served;
    }

    [SkipLocalsInit]
    private Served Decide(in EvaluationInput input)
    {
        Unsafe.SkipInit(out UnitScratch scratch);
        var unit = by.Read(in input, scratch);
        if (unit.IsEmpty)
            return CompiledSplitOutcome.NoUnit(in input, by, ExplanationKind.Split);

        if (holdout?.HasUnit(in input) == false || layer?.HasUnit(in input) == false)
            return Served.PassOn;
        if (holdout?.Contains(in input) == true)
            return Served.Else(otherwise, EvaluationReason.Holdout);
        if (sticky is not null && TryStored(in input, sticky, unit, out var stored))
            return stored;
        if (layer?.Contains(in input) == false)
            return Served.Else(otherwise);

        var chosen = split.Choose(in input, unit);
        if (sticky is not null)
            input.Services.Assignments.Store(key, unit, new(sticky.Version, variantNames[chosen]));
        return new(chosen, EvaluationReason.Split);
    }

    private bool TryStored(in EvaluationInput input, StickyDefinition rule, ReadOnlySpan<char> unit, out Served served)
    {
        served = default;
        if (!input.Services.Assignments.TryGet(key, unit, out var stored))
            return false;

        if (stored.Version < rule.MinimumVersion)
        {
            Trace(in input, stored, "stored below the minimum version: kept out");
            served = Served.Else(otherwise);
            return true;
        }

        if (stored.Version != rule.Version || !split.Names(stored.Variant, out var variant))
        {
            Trace(in input, stored, "stored, but at another version or for a variant that the split no longer names: assigned afresh");
            return false;
        }

        Trace(in input, stored, "stored at this version: served as it is");
        served = new(variant, EvaluationReason.Split);
        return true;
    }

    private static void Trace(in EvaluationInput input, StoredAssignment stored, string detail) =>
        input.Trace?.Add(ExplanationKind.Assignment, $"{stored.Variant} at version {stored.Version}", true, detail);
}
