using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Expressions;
using ProgressiveDelivery.Sdk.Experiments;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Expressions;

/// <summary>Expressions to be written in one line, and evaluated alone.</summary>
internal static class Formula
{
    public static ExpressionDefinition Value(AttributeValue value) => new LiteralExpression(value);

    public static ExpressionDefinition Of(ExpressionOperator name, params ExpressionDefinition[] operands) => new OperationExpression(name, operands);

    public static ExpressionDefinition Variable(string path) => Of(ExpressionOperator.Variable, Value(path));

    public static ExpressionDefinition Many(params ExpressionDefinition[] items) => new ListExpression(items);

    public static ServeDefinition Serve(this ExpressionDefinition expression, string? surroundings = null, AttributeValue given = default) =>
        new ExpressionServe(expression) { Scope = new() { Surroundings = surroundings, Given = given } };

    public static AttributeValue Evaluate(this ExpressionDefinition expression, EvaluationContext? context = null, ExpressionScope? scope = null) =>
        expression.Evaluate(context, scope, out _);

    public static AttributeValue Evaluate(this ExpressionDefinition expression, EvaluationContext? context, ExpressionScope? scope, out bool isExhausted)
    {
        var flag = Some.Text("flag", "a", "b");
        var state = new CompilationState(Some.Snapshot(flag), new(), LocalOverlay.None);
        var compiled = ExpressionCompiler.Compile(new FlagScope(state, new(flag)), expression, scope ?? new());
        var services = new EvaluationServices(new InMemoryAssignmentStore(1), new());
        var input = new EvaluationInput(context ?? EvaluationContext.Empty, services, Some.Monday.UtcTicks);
        var run = default(ExpressionRun);
        var value = compiled.Evaluate(in input, ref run);
        isExhausted = run.IsExhausted;
        return value;
    }
}
