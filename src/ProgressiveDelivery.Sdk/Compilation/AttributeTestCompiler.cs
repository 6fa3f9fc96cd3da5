using ProgressiveDelivery.Sdk.Compilation.Patterns;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles the tests on one attribute: checks and prepares the operand.</summary>
internal static class AttributeTestCompiler
{
    /// <summary>Compiles a test; null if it is malformed, which is then reported.</summary>
    public static Condition? Compile(CompilationScope scope, AttributeCondition definition)
    {
        var reference = definition.NameHash is { } hash
            ? scope.HashedReference(definition.Attribute, hash)
            : scope.Reference(definition.Attribute, definition.Dialect?.PointersEnterObjectsOnly ?? false);
        if (reference is not { } attribute)
            return null;
        var name = AttributeOperators.Name(definition.Operator);
        scope.Enter(name);
        var test = Compile(scope, definition, attribute, name);
        if (test is AttributeTest judging)
            judging.Policy = Policy(definition);
        scope.Leave();
        return test;
    }

    private static TestPolicy? Policy(AttributeCondition definition) =>
        definition is { Missing: Judgment.Unknown, Mismatch: Judgment.Unknown, Negate: false, Dialect: null or { AnyItem: false, EmptyIsMissing: false } }
            ? null
            : new(definition.Missing.ToTruth(), definition.Mismatch.ToTruth(), definition.Negate, definition.Dialect?.AnyItem ?? false, definition.Dialect?.EmptyIsMissing ?? false);

    private static Condition? Compile(CompilationScope scope, AttributeCondition definition, AttributeReference attribute, string name)
    {
        var operand = definition.Operand;
        if (definition.Hashing is { } hashing)
            return HashedTestCompiler.Compile(scope, definition, attribute, name, hashing);
        if (definition.Dialect is { } dialect && DialectTestCompiler.Compile(scope, definition, dialect, attribute, name) is { } read)
            return read;
        switch (definition.Operator)
        {
            case AttributeOperator.Equals:
                return IsPlain(operand)
                    ? new EqualsTest(attribute, name, operand, new([operand], definition.IgnoreCase))
                    : Invalid(scope, name, "a string, a number or a boolean", operand);
            case AttributeOperator.In:
                return IsPlainList(operand)
                    ? new EqualsTest(attribute, name, operand, new(operand.Items, definition.IgnoreCase))
                    : Invalid(scope, name, "a list of strings, numbers and booleans", operand);
            case AttributeOperator.HasAny:
                return IsPlainList(operand)
                    ? new HasAnyTest(attribute, operand, new(operand.Items, definition.IgnoreCase))
                    : Invalid(scope, name, "a list of strings, numbers and booleans", operand);
            case AttributeOperator.HasAll:
                return IsPlainList(operand)
                    ? new HasAllTest(attribute, operand, definition.IgnoreCase)
                    : Invalid(scope, name, "a list of strings, numbers and booleans", operand);
            case AttributeOperator.StartsWith or AttributeOperator.EndsWith or AttributeOperator.Contains:
                return Texts(operand) is { } texts
                    ? new TextTest(attribute, name, operand, Place(definition.Operator), texts, definition.IgnoreCase)
                    : Invalid(scope, name, "a list of strings", operand);
            case AttributeOperator.Matches:
                return Expression(scope, attribute, definition);
            case AttributeOperator.LessThan or AttributeOperator.AtMost or AttributeOperator.GreaterThan or AttributeOperator.AtLeast:
                return IsNumber(operand)
                    ? new ComparisonTest(attribute, name, operand, Comparison(definition.Operator))
                    : Invalid(scope, name, "a number", operand);
            case AttributeOperator.Before or AttributeOperator.After:
                return Instant(scope, attribute, definition);
            case AttributeOperator.SemVer:
                return Version(scope, attribute, operand, definition.Dialect);
            case AttributeOperator.InNetwork:
                return Network(scope, attribute, operand, definition.Dialect is { InvalidOperandsMatchNothing: true });
            default:
                return operand.TryGetBoolean(out var wanted)
                    ? new ExistsTest(attribute, wanted)
                    : Invalid(scope, name, "true or false", operand);
        }
    }

    private static AttributeTest? Expression(CompilationScope scope, AttributeReference attribute, AttributeCondition definition)
    {
        if (definition.Operand.AsString() is not { } pattern)
        {
            Invalid(scope, "matches", "a regular expression", definition.Operand);
            return null;
        }

        var dialect = definition.Dialect ?? new();
        if (!PatternOperand.TryCompile(scope, pattern, dialect.Patterns, definition.IgnoreCase, out var result))
            return null;
        if (result.Fault is { } fault && !dialect.InvalidOperandsMatchNothing)
        {
            scope.Report(DiagnosticCatalog.InvalidExpression(scope.Path, scope.Subject, pattern, fault));
            return null;
        }

        return dialect.Texts == TextReading.Texts && result.Pattern is { } compiled
            ? new MatchesTest(attribute, definition.Operand, compiled)
            : new ReadMatchesTest(attribute, definition.Operand, dialect.Texts, result.Pattern);
    }

    private static InstantTest? Instant(CompilationScope scope, AttributeReference attribute, AttributeCondition definition)
    {
        var ticks = definition.Operand.InstantTicks;
        if (definition.Operand.Kind == AttributeKind.Instant || Rfc3339.TryParse(definition.Operand.AsString(), out ticks))
            return new(attribute, definition.Operand, ticks, definition.Operator == AttributeOperator.Before);
        scope.Report(DiagnosticCatalog.InvalidInstant(scope.Path, scope.Subject, definition.Operand.ToString()));
        return null;
    }

    private static AttributeTest? Version(CompilationScope scope, AttributeReference attribute, AttributeValue operand, ValueDialect? dialect)
    {
        var reading = dialect?.Versions ?? VersionReading.SemVer2;
        if (operand.AsString() is { } text && SemVerRange.TryParse(text, reading, out var range))
            return new VersionTest(attribute, operand, range, reading);
        if (dialect is { InvalidOperandsMatchNothing: true })
            return new NothingTest(attribute, "semver", operand);
        scope.Report(DiagnosticCatalog.InvalidVersionRange(scope.Path, scope.Subject, operand.AsString() ?? operand.ToString()));
        return null;
    }

    private static NetworkTest? Network(CompilationScope scope, AttributeReference attribute, AttributeValue operand, bool skipsInvalid)
    {
        if (Texts(operand) is not { } texts)
        {
            Invalid(scope, "inNetwork", "a list of CIDR blocks", operand);
            return null;
        }

        var blocks = new List<NetworkBlock>(texts.Length);
        for (var i = 0; i < texts.Length; i++)
        {
            if (NetworkBlock.TryParse(texts[i], allowsHost: skipsInvalid, out var block))
            {
                blocks.Add(block);
                continue;
            }

            if (skipsInvalid)
                continue;
            scope.Enter(i);
            scope.Report(DiagnosticCatalog.InvalidNetwork(scope.Path, scope.Subject, texts[i]));
            scope.Leave();
        }

        return new(attribute, operand, [.. blocks]);
    }

    internal static Condition? Invalid(CompilationScope scope, string name, string wanted, AttributeValue found)
    {
        scope.Report(DiagnosticCatalog.InvalidOperand(scope.Path, scope.Subject, name, wanted, found.ToString()));
        return null;
    }

    private static bool IsPlain(AttributeValue value) =>
        value.Kind is AttributeKind.String or AttributeKind.Boolean || IsNumber(value);

    private static bool IsNumber(AttributeValue value) => value.TryGetNumber(out var number) && double.IsFinite(number);

    private static bool IsPlainList(AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
            return false;
        foreach (var item in value.Items)
        {
            if (!IsPlain(item))
                return false;
        }

        return true;
    }

    internal static string[]? Texts(AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
            return null;
        var texts = new string[value.Items.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (value.Items[i].AsString() is not { } text)
                return null;
            texts[i] = text;
        }

        return texts;
    }

    internal static TextPlace Place(AttributeOperator @operator) => @operator switch
    {
        AttributeOperator.StartsWith => TextPlace.Start,
        AttributeOperator.EndsWith => TextPlace.End,
        _ => TextPlace.Anywhere,
    };

    internal static Comparison Comparison(AttributeOperator @operator) => @operator switch
    {
        AttributeOperator.LessThan => Evaluation.Conditions.Comparison.Less,
        AttributeOperator.AtMost => Evaluation.Conditions.Comparison.AtMost,
        AttributeOperator.GreaterThan => Evaluation.Conditions.Comparison.Greater,
        _ => Evaluation.Conditions.Comparison.AtLeast,
    };
}
