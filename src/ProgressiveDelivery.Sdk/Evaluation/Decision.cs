namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>What an evaluation came to, before it is turned into a value: packed, so that it travels in a register.</summary>
internal readonly record struct Decision
{
    public const short None = -1;

    /// <summary>None either: the flag ended with an error.</summary>
    public const short Fault = -2;

    /// <summary>None either: the flag came to itself.</summary>
    public const short Cyclic = -3;

    private readonly long _bits;

    /// <summary>Makes a decision.</summary>
    /// <param name="variant">The variant's place in its flag; negative: none, the caller's fallback is answered.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rule">The place of the rule that decided; negative: none did.</param>
    public Decision(short variant, EvaluationReason reason, short rule = None) =>
        _bits = ((long)rule << 32) | ((long)reason << 16) | (ushort)variant;

    public short Variant => (short)_bits;

    public EvaluationReason Reason => (EvaluationReason)(byte)(_bits >> 16);

    public short Rule => (short)(_bits >> 32);

    public bool HasVariant => Variant >= 0;
}
