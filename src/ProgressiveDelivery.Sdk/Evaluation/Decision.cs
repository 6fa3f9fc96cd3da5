namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>What an evaluation came to, before it is turned into a value: small enough for a register.</summary>
/// <param name="Variant">The variant's place in its flag; negative: none, the caller's fallback is answered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The place of the rule that decided; negative: none did.</param>
internal readonly record struct Decision(short Variant, EvaluationReason Reason, short Rule = Decision.None)
{
    public const short None = -1;

    public bool HasVariant => Variant >= 0;
}
