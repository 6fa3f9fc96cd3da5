namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Membership of a segment.</summary>
internal sealed class SegmentTest(CompiledSegment segment) : Condition
{
    public override string Describe() => segment.Name;

    protected override ExplanationKind Kind => ExplanationKind.Segment;

    protected override Truth Decide(in EvaluationInput input) => segment.Contains(in input);
}
