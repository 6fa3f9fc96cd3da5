using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles tests whose dialect reads the attribute differently from our own format. All other tests compile as in our own format.</summary>
internal static class DialectTestCompiler
{
    /// <summary>Compiles a test; null if the dialect does not define it.</summary>
    public static Condition? Compile(CompilationScope scope, AttributeCondition definition, ValueDialect dialect, AttributeReference attribute, string name)
    {
        var operand = definition.Operand;
        switch (definition.Operator)
        {
            case AttributeOperator.Equals or AttributeOperator.In when dialect.Texts != TextReading.Texts && TextsOf(operand) is { } texts:
                return new ReadTextTest(attribute, name, operand, dialect.Texts, TextPlace.Whole, texts, definition.IgnoreCase);
            case AttributeOperator.Equals or AttributeOperator.In when dialect.Numbers != NumberReading.Numbers && NumbersOf(operand) is { } numbers:
                return new ReadNumberTest(attribute, name, operand, dialect.Numbers, Comparison.Equal, numbers);
            case AttributeOperator.StartsWith or AttributeOperator.EndsWith or AttributeOperator.Contains when dialect.Texts != TextReading.Texts && TextsOf(operand) is { } texts:
                return new ReadTextTest(attribute, name, operand, dialect.Texts, AttributeTestCompiler.Place(definition.Operator), texts, definition.IgnoreCase);
            case AttributeOperator.HasAny when dialect.Texts == TextReading.EcmaScriptAndJson && TextsOf(operand) is { } texts:
                return new ReadItemsTest(attribute, operand, texts);
            case AttributeOperator.LessThan or AttributeOperator.AtMost or AttributeOperator.GreaterThan or AttributeOperator.AtLeast when dialect.Numbers != NumberReading.Numbers && operand.TryGetNumber(out var bound):
                return new ReadNumberTest(attribute, name, operand, dialect.Numbers, AttributeTestCompiler.Comparison(definition.Operator), [bound]);
            case AttributeOperator.Before or AttributeOperator.After when dialect.Instants != InstantReading.Rfc3339:
                return Instant(scope, definition, dialect, attribute);
            default:
                return null;
        }
    }

    private static AttributeTest? Instant(CompilationScope scope, AttributeCondition definition, ValueDialect dialect, AttributeReference attribute)
    {
        var operand = definition.Operand;
        var before = definition.Operator == AttributeOperator.Before;
        if (dialect.Instants == InstantReading.Seconds && ReadSecondsTest.TryRead(in operand, out var seconds))
            return new ReadSecondsTest(attribute, operand, seconds, before);
        if (dialect.Instants != InstantReading.Seconds && ReadInstantTest.TryRead(in operand, dialect.Instants, out var ticks))
            return new ReadInstantTest(attribute, operand, dialect.Instants, ticks, before);
        if (dialect.InvalidOperandsMatchNothing)
            return new NothingTest(attribute, before ? "before" : "after", operand);
        scope.Report(DiagnosticCatalog.InvalidInstant(scope.Path, scope.Subject, operand.ToString()));
        return null;
    }

    private static string[]? TextsOf(AttributeValue operand) =>
        operand.AsString() is { } text ? [text] : AttributeTestCompiler.Texts(operand);

    private static double[]? NumbersOf(AttributeValue operand)
    {
        if (operand.TryGetNumber(out var number))
            return [number];
        if (operand.Kind != AttributeKind.List || operand.Items.IsEmpty)
            return null;
        var numbers = new double[operand.Items.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!operand.Items[i].TryGetNumber(out numbers[i]))
                return null;
        }

        return numbers;
    }
}
