namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test on the names of the context's kinds; one that holds is enough.</summary>
internal sealed class KindTest(string mainKind, AttributeTest test, bool negate) : Condition
{
    public override string Describe() => $"a kind: {test.Describe()}";

    protected override Truth Decide(in EvaluationInput input)
    {
        var truth = input.Key.IsNull ? Truth.False : Judge(mainKind, in input);
        foreach (var kind in input.Kinds)
            truth = truth == Truth.True || truth.IsAbort() ? truth : Judge(kind.Name, in input);
        return truth.IsAbort() ? truth : ((truth == Truth.True) != negate).ToTruth();
    }

    private Truth Judge(AttributeValue name, in EvaluationInput input) => test.JudgeOwn(in name, in input);
}
