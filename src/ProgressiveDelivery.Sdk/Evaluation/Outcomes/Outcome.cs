namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>What a step serves.</summary>
internal abstract class Outcome
{
    /// <summary>The variant for this context, or passing on to the next step.</summary>
    public abstract Served Serve(in EvaluationInput input);
}

/// <summary>What a step served: packed, as <see cref="Decision"/> is.</summary>
internal readonly record struct Served
{
    private readonly int _bits;

    /// <summary>Makes an answer.</summary>
    /// <param name="variant">The variant's place in the flag; negative: the step passes on.</param>
    /// <param name="reason">Why: <see cref="EvaluationReason.RuleMatch"/> unless hashing had a say.</param>
    public Served(short variant, EvaluationReason reason) => _bits = ((int)reason << 16) | (ushort)variant;

    public static Served PassOn => new(Decision.None, EvaluationReason.RuleMatch);

    public short Variant => (short)_bits;

    public EvaluationReason Reason => (EvaluationReason)(byte)(_bits >> 16);

    public bool HasVariant => Variant >= 0;

    /// <summary>Whether the flag ends here, without a variant.</summary>
    public bool IsAbort => !HasVariant && Reason is EvaluationReason.Error or EvaluationReason.TargetingKeyMissing;

    /// <summary>The end of the flag, without a variant.</summary>
    public static Served Abort(Truth truth) => new(truth == Truth.Cycle ? Decision.Cyclic : Decision.None, truth.ToReason());

    /// <summary>An <c>else</c>: its variant, or passing on where there is none.</summary>
    public static Served Else(short variant, EvaluationReason reason = EvaluationReason.RuleMatch) => new(variant, reason);
}
