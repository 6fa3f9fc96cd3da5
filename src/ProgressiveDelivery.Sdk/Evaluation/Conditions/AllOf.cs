namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>False through a false member, else unknown through an unknown one, else true. Whatever ends the flag ends it here.</summary>
internal sealed class AllOf(Condition[] members, bool firstDecides) : Condition
{
    public override string Describe() => $"all of {members.Length}";

    protected override Truth Decide(in EvaluationInput input)
    {
        var all = Truth.True;
        foreach (var member in members)
        {
            var truth = member.Test(in input);
            if (truth == Truth.False || truth.IsAbort() || (firstDecides && truth == Truth.Unknown))
                return truth;
            if (truth == Truth.Unknown)
                all = Truth.Unknown;
        }

        return all;
    }
}
