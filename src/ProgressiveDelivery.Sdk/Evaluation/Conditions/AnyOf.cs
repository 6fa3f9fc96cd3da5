namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>True if a member is true, else unknown if a member is unknown, else false. A member that ends the flag ends it here.</summary>
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
