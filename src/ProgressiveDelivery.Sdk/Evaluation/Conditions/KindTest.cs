namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test on the names of the kinds that a context has: one that holds is enough.</summary>
internal sealed class KindTest(string mainKind, AttributeTest test, bool negate) : Condition
{
    public override string Describe() => $"a kind: {test.Describe()}";

    protected override Truth Decide(in EvaluationInput input)
    {
        var holds = !input.Key.IsNull && Holds(mainKind);
        foreach (var kind in input.Kinds)
            holds = holds || Holds(kind.Name);
        return (holds != negate).ToTruth();
    }

    private bool Holds(AttributeValue name) => test.JudgeOwn(in name) == Truth.True;
}
