namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test that this version does not support: always unknown.</summary>
internal sealed class UnknownTest(string attribute, string @operator) : Condition
{
    public override string Describe() => $"{attribute} {@operator} …";

    protected override Truth Decide(in EvaluationInput input) => Truth.Unknown;

    protected override string Detail(in EvaluationInput input) => "this version cannot judge the operator";
}
