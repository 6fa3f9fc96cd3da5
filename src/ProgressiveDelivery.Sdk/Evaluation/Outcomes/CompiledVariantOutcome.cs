namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves one variant.</summary>
internal sealed class CompiledVariantOutcome : Outcome
{
    private static readonly CompiledVariantOutcome[] First = [new(0), new(1), new(2), new(3)];

    private readonly short _variant;

    private CompiledVariantOutcome(short variant) => _variant = variant;

    public static CompiledVariantOutcome Of(short variant) => (ushort)variant < First.Length ? First[variant] : new(variant);

    public short Variant => _variant;

    public override Served Serve(in EvaluationInput input) => new(_variant, EvaluationReason.RuleMatch);
}
