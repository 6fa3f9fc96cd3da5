using ProgressiveDelivery.Sdk.Evaluation.Expressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Whether a formula yields something that counts as true; one that costs too much ends the flag.</summary>
internal sealed class ExpressionTest(Expression expression) : Condition
{
    public override string Describe() => "expression";

    protected override Truth Decide(in EvaluationInput input)
    {
        var run = default(ExpressionRun);
        var holds = expression.IsTrue(in input, ref run);
        if (!run.IsExhausted)
            return holds.ToTruth();
        input.Trace?.Fail($"The expression cannot be used: {ExpressionRun.TooCostly}.");
        return Truth.Error;
    }
}
