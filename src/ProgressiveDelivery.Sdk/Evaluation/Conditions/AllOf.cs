namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>False if a member is false, else unknown if a member is unknown, else true. A member that ends the flag ends it here.</summary>
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
