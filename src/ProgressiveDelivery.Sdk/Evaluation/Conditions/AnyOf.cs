namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>True through a true member, else unknown through an unknown one, else false. Whatever ends the flag ends it here.</summary>
internal sealed class AnyOf(Condition[] members) : Condition
{
    public override string Describe() => $"any of {members.Length}";

    protected override Truth Decide(in EvaluationInput input)
    {
        var any = Truth.False;
        foreach (var member in members)
        {
            var truth = member.Test(in input);
            if (truth == Truth.True || truth.IsAbort())
                return truth;
            if (truth == Truth.Unknown)
                any = Truth.Unknown;
        }

        return any;
    }
}
