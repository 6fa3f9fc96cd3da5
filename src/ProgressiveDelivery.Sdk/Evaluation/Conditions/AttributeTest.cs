using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>
/// A test on one attribute. What a missing or null attribute gives, and one of a kind that the test cannot judge, is the definition's to
/// say: unknown, unless it says otherwise.
/// </summary>
internal abstract class AttributeTest(AttributeReference attribute, string @operator, AttributeValue operand) : Condition
{
    /// <summary>What differs from our own format; null: nothing does. Written once, while the test is compiled.</summary>
    public TestPolicy? Policy { get; set; }

    public override string Describe() => Policy is { Negate: true } ? $"not {attribute.Text} {@operator} {operand}" : $"{attribute.Text} {@operator} {operand}";

    /// <summary>Whether the test holds; unknown for a value that it cannot judge.</summary>
    protected abstract Truth Judge(in AttributeValue value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override Truth Decide(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        if (Policy is not null)
            return Decide(in value, Policy);
        return value.IsNull ? Truth.Unknown : Judge(in value);
    }

    protected override string Detail(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        if (value.IsNull)
            return "the attribute is missing";
        var shown = attribute.IsPrivate(in input) ? "(private)" : value.ToString();
        return JudgeItems(in value) == Truth.Unknown ? $"it is {shown}, which this test cannot judge" : $"it is {shown}";
    }

    private Truth Decide(in AttributeValue value, TestPolicy policy)
    {
        if (value.IsNull || (policy.EmptyIsMissing && value.AsString() is { Length: 0 }))
            return policy.Missing;
        var truth = JudgeItems(in value);
        if (truth == Truth.Unknown)
            return policy.Mismatch;
        return policy.Negate ? truth.Not() : truth;
    }

    /// <summary>Whether the test holds for a value at hand, turned round where it is to be.</summary>
    public Truth JudgeOwn(in AttributeValue value)
    {
        var truth = JudgeItems(in value);
        return Policy is { Negate: true } ? truth.Not() : truth;
    }

    private Truth JudgeItems(in AttributeValue value)
    {
        if (Policy is not { AnyItem: true })
            return Judge(in value);
        if (value.Kind == AttributeKind.List)
            return JudgeAny(value.Items);
        var truth = Judge(in value);
        return truth == Truth.Unknown && value.Kind != AttributeKind.Object ? Truth.False : truth;
    }

    // One that holds is enough; one that cannot be judged leaves it to the others, unless it is a list or an object.
    private Truth JudgeAny(ReadOnlySpan<AttributeValue> items)
    {
        foreach (ref readonly var item in items)
        {
            if (item.Kind is AttributeKind.List or AttributeKind.Object)
                return Truth.Unknown;
            if (Judge(in item) == Truth.True)
                return Truth.True;
        }

        return Truth.False;
    }
}

/// <summary>What a test gives where it cannot judge, and whether it is turned round.</summary>
internal sealed record TestPolicy(Truth Missing, Truth Mismatch, bool Negate, bool AnyItem, bool EmptyIsMissing);
