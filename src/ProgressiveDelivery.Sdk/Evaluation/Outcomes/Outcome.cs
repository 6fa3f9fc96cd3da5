namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>The outcome of a step.</summary>
internal abstract class Outcome
{
    /// <summary>The experiment of the units that this outcome splits; null if there is none, or several.</summary>
    public virtual CompiledExperiment? Experiment => null;

    /// <summary>Indicates whether it, or an outcome in it, looks up stored assignments.</summary>
    public virtual bool IsSticky => false;

    /// <summary>Visits the keys of the assignments that it can look up for this context, whatever else decides.</summary>
    public virtual void VisitAssignments(in EvaluationInput input, IAssignmentVisitor visitor)
    {
    }

    /// <summary>Returns the variant for this context, or passes on to the next step.</summary>
    public abstract Served Serve(in EvaluationInput input);
}

/// <summary>The result of a step, packed like <see cref="Decision"/>.</summary>
internal readonly record struct Served
{
    private readonly int _bits;

    /// <summary>Creates a result.</summary>
    /// <param name="variant">The variant's place in the flag; negative if the step passes on.</param>
    /// <param name="reason">The reason: <see cref="EvaluationReason.RuleMatch"/> unless a hash took part in the choice.</param>
    public Served(short variant, EvaluationReason reason) => _bits = ((int)reason << 16) | (ushort)variant;

    public static Served PassOn => new(Decision.None, EvaluationReason.RuleMatch);

    public short Variant => (short)_bits;

    public EvaluationReason Reason => (EvaluationReason)(byte)(_bits >> 16);

    public bool HasVariant => Variant >= 0;

    /// <summary>Indicates whether the flag ends here, without a variant.</summary>
    public bool IsAbort => !HasVariant && Reason is EvaluationReason.Error or EvaluationReason.TargetingKeyMissing;

    /// <summary>Ends the flag, without a variant.</summary>
    public static Served Abort(Truth truth) => new(truth == Truth.Cycle ? Decision.Cyclic : Decision.None, truth.ToReason());

    /// <summary>Serves the variant of an <c>else</c>, or passes on if it has none.</summary>
    public static Served Else(short variant, EvaluationReason reason = EvaluationReason.RuleMatch) => new(variant, reason);
}
