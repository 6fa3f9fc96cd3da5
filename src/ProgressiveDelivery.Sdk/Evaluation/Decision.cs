namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The result of an evaluation, before it becomes a value. Packed, so that it fits a register.</summary>
internal readonly record struct Decision
{
    public const short None = -1;

    /// <summary>Also no variant: the flag ended with an error.</summary>
    public const short Fault = -2;

    /// <summary>Also no variant: the flag depends on itself.</summary>
    public const short Cyclic = -3;

    private readonly long _bits;

    /// <summary>Creates a decision.</summary>
    /// <param name="variant">The variant's place in its flag; negative if there is none and the caller's fallback is returned.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="rule">The place of the deciding rule; negative if no rule decided.</param>
    public Decision(short variant, EvaluationReason reason, short rule = None) =>
        _bits = ((long)rule << 32) | ((long)reason << 16) | (ushort)variant;

    public short Variant => (short)_bits;

    public EvaluationReason Reason => (EvaluationReason)(byte)(_bits >> 16);

    public short Rule => (short)(_bits >> 32);

    public bool HasVariant => Variant >= 0;
}
