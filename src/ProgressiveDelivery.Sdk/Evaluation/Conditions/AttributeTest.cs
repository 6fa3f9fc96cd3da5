using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>
/// A test on one attribute. The definition sets the result for an attribute that is missing, null or of the wrong kind; the default is unknown.
/// </summary>
internal abstract class AttributeTest(AttributeReference attribute, string @operator, AttributeValue operand) : Condition
{
    /// <summary>The differences from our own format; null if there are none. Written once, while the test is compiled.</summary>
    public TestPolicy? Policy { get; set; }

    public override string Describe() => Policy is { Negate: true } ? $"not {attribute.Text} {@operator} {operand}" : $"{attribute.Text} {@operator} {operand}";

    /// <summary>Tests a value; unknown if the test does not apply to it.</summary>
    protected abstract Truth Judge(in AttributeValue value, in EvaluationInput input);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override Truth Decide(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        if (Policy is not null)
            return Decide(in value, Policy, in input);
        return value.IsNull ? Truth.Unknown : Judge(in value, in input);
    }

    protected override string Detail(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        if (value.IsNull)
            return "the attribute is missing";
        var shown = attribute.IsPrivate(in input) ? "(private)" : value.ToString();
        // Without the evaluation's budget, which an explanation must not use.
        return JudgeItems(in value, default) == Truth.Unknown ? $"it is {shown}, which this test cannot judge" : $"it is {shown}";
    }

    private Truth Decide(in AttributeValue value, TestPolicy policy, in EvaluationInput input)
    {
        if (value.IsNull || (policy.EmptyIsMissing && value.AsString() is { Length: 0 }))
            return policy.Missing;
        var truth = JudgeItems(in value, in input);
        if (truth == Truth.Unknown)
            return policy.Mismatch;
        return policy.Negate ? truth.Not() : truth;
    }

    /// <summary>Tests a given value, and negates the result if the policy says so.</summary>
    public Truth JudgeOwn(in AttributeValue value, in EvaluationInput input)
    {
        var truth = JudgeItems(in value, in input);
        return Policy is { Negate: true } ? truth.Not() : truth;
    }

    private Truth JudgeItems(in AttributeValue value, in EvaluationInput input)
    {
        if (Policy is not { AnyItem: true })
            return Judge(in value, in input);
        if (value.Kind == AttributeKind.List)
            return JudgeAny(value.Items, in input);
        var truth = Judge(in value, in input);
        return truth == Truth.Unknown && value.Kind != AttributeKind.Object ? Truth.False : truth;
    }

    // One item that holds is enough. An item of the wrong kind leaves the result to the others, unless it is a list or an object.
    private Truth JudgeAny(ReadOnlySpan<AttributeValue> items, in EvaluationInput input)
    {
        foreach (ref readonly var item in items)
        {
            if (item.Kind is AttributeKind.List or AttributeKind.Object)
                return Truth.Unknown;
            var truth = Judge(in item, in input);
            if (truth == Truth.True || truth.IsAbort())
                return truth;
        }

        return Truth.False;
    }
}

/// <summary>The results of a test that does not apply, and whether the result is negated.</summary>
internal sealed record TestPolicy(Truth Missing, Truth Mismatch, bool Negate, bool AnyItem, bool EmptyIsMissing);
