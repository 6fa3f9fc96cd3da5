using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>Expressions to be written in one line, and evaluated alone.</summary>
internal static class Formula
{
    public static ExpressionDefinition Value(AttributeValue value) => new LiteralExpression(value);

    public static ExpressionDefinition Of(ExpressionOperator name, params ExpressionDefinition[] operands) => new OperationExpression { Operator = name, Operands = operands };

    public static ExpressionDefinition Variable(string path) => Of(ExpressionOperator.Variable, Value(path));

    public static ExpressionDefinition Many(params ExpressionDefinition[] items) => new ListExpression(items);

    public static OutcomeDefinition Serve(this ExpressionDefinition expression, string? surroundings = null, AttributeValue given = default) =>
        new ExpressionOutcome(expression) { Scope = new() { Surroundings = surroundings, Given = given } };

    public static AttributeValue Evaluate(this ExpressionDefinition expression, EvaluationContext? context = null, ExpressionScope? scope = null) =>
        expression.Evaluate(context, scope, out _);

    public static AttributeValue Evaluate(this ExpressionDefinition expression, EvaluationContext? context, ExpressionScope? scope, out FormulaCost cost)
    {
        cost = default;
        var flag = Some.Text("flag", "a", "b");
        var state = new CompilationState(Some.Snapshot(flag), new(), LocalOverlay.None, new());
        var compiled = ExpressionCompiler.Compile(new FlagScope(state, new(flag)), expression, scope ?? new());
        var services = new EvaluationServices(new AssignmentMemory(1), new());
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context ?? EvaluationContext.Empty, services, Some.Monday.UtcTicks, ref budget);
        var run = default(ExpressionRun);
        var value = compiled.Evaluate(in input, ref run);
        cost = run.Cost;
        return value;
    }
}
