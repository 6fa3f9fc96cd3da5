using ProgressiveDelivery.Sdk.Evaluation.Expressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Tests that a formula yields a value that counts as true. A formula that costs too much ends the flag.</summary>
internal sealed class ExpressionTest(Expression expression) : Condition
{
    public override string Describe() => "expression";

    protected override Truth Decide(in EvaluationInput input)
    {
        var run = new ExpressionRun { Cost = input.FormulaCost };
        var holds = expression.IsTrue(in input, ref run);
        input.FormulaCost = run.Cost;
        if (!run.Cost.IsExceeded)
            return holds.ToTruth();
        input.Trace?.Fail($"The expression cannot be used: {ExpressionRun.TooCostly}.");
        return Truth.Error;
    }
}
