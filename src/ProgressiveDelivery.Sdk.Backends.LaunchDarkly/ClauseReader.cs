using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>
/// Converts a clause to a condition. One matching value is enough, and so is one matching item of a list. A missing kind or attribute does not
/// match, also if the clause is negated.
/// </summary>
internal sealed class ClauseReader(ReferenceReader references, IReadOnlySet<string> segments)
{
    private static readonly ValueDialect Dialect = new()
    {
        AnyItem = true,
        Instants = InstantReading.Rfc3339OrMilliseconds,
        Versions = VersionReading.Partial,
        Patterns = PatternSyntax.Re2,
        InvalidOperandsMatchNothing = true,
        PointersEnterObjectsOnly = true,
    };

    /// <summary>Returns the condition that all clauses match, or null if there are no clauses and the rule always matches.</summary>
    public ConditionDefinition? ReadAll(JsonElement rule)
    {
        ConditionDefinition[] clauses = [.. Json.Items(rule, "clauses").Select(Read)];
        return clauses.Length switch
        {
            0 => null,
            1 => clauses[0],
            _ => new AllCondition(clauses),
        };
    }

    private ConditionDefinition Read(JsonElement clause)
    {
        var negate = Json.IsTrue(clause, "negate");
        var (kind, attribute) = (Json.Text(clause, "contextKind"), Json.Text(clause, "attribute"));
        if (Json.Text(clause, "op") == "segmentMatch")
            return Segments(clause, negate);
        if (ReferenceReader.IsKind(attribute) && (kind is not null || attribute == "kind"))
            return Combine(Tests(clause).Select(test => new ContextKindCondition { MainKind = references.MainKind, Operator = test.Operator, Operand = test.Operand, Negate = negate, Dialect = Dialect }), negate);
        if (references.Read(kind, attribute) is not { } reference)
            return new AbortCondition($"A clause has the attribute '{attribute}', which is no reference. Correct it.");

        var condition = Combine(Tests(clause).Select(test => Attribute(reference, test, negate)), negate);
        return attribute == "anonymous" ? Anonymous(clause, kind, condition, negate) : condition;
    }

    private ConditionDefinition Segments(JsonElement clause, bool negate)
    {
        var belongs = new AnyCondition([.. Json.Items(clause, "values").Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).Where(segments.Contains).Select(segment => new SegmentCondition(segment))]);
        return negate ? new NotCondition(belongs) : belongs;
    }

    // A context that does not have the attribute is not anonymous.
    private AnyCondition Anonymous(JsonElement clause, string? kind, ConditionDefinition condition, bool negate)
    {
        var isFalse = Json.Text(clause, "op") == "in" && Json.Items(clause, "values").Any(value => value.ValueKind == JsonValueKind.False);
        ConditionDefinition byDefault = isFalse == negate
            ? new AnyCondition([])
            : new AllCondition([new AttributeCondition { Attribute = references.KeyOf(kind), Operator = AttributeOperator.Exists, Operand = true }, new AttributeCondition { Attribute = references.Read(kind, "anonymous")!, Operator = AttributeOperator.Exists, Operand = false }]);
        return new([condition, byDefault]);
    }

    private static AttributeCondition Attribute(string reference, (AttributeOperator Operator, AttributeValue Operand) test, bool negate) => new()
    {
        Attribute = reference,
        Operator = test.Operator,
        Operand = test.Operand,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
        Negate = negate,
        Dialect = Dialect,
    };

    // A negated list of tests means that none of them matches.
    private static ConditionDefinition Combine(IEnumerable<ConditionDefinition> tests, bool negate)
    {
        ConditionDefinition[] conditions = [.. tests];
        if (conditions.Length == 1)
            return conditions[0];
        return negate ? new AllCondition(conditions) : new AnyCondition(conditions);
    }

    // A value of a type that the operator does not accept matches nothing.
    private static IEnumerable<(AttributeOperator Operator, AttributeValue Operand)> Tests(JsonElement clause)
    {
        AttributeValue[] values = [.. Json.Items(clause, "values").Select(Value)];
        var tests = Json.Text(clause, "op") switch
        {
            "in" => Set(AttributeOperator.In, values.Where(value => !value.IsNull)),
            "startsWith" => Set(AttributeOperator.StartsWith, values.Where(IsText)),
            "endsWith" => Set(AttributeOperator.EndsWith, values.Where(IsText)),
            "contains" => Set(AttributeOperator.Contains, values.Where(IsText)),
            "matches" => Each(AttributeOperator.Matches, values.Where(IsText)),
            "lessThan" => Each(AttributeOperator.LessThan, values.Where(IsNumber)),
            "lessThanOrEqual" => Each(AttributeOperator.AtMost, values.Where(IsNumber)),
            "greaterThan" => Each(AttributeOperator.GreaterThan, values.Where(IsNumber)),
            "greaterThanOrEqual" => Each(AttributeOperator.AtLeast, values.Where(IsNumber)),
            "before" => Each(AttributeOperator.Before, values.Where(value => IsText(value) || IsNumber(value))),
            "after" => Each(AttributeOperator.After, values.Where(value => IsText(value) || IsNumber(value))),
            "semVerEqual" => Versions("=", values),
            "semVerLessThan" => Versions("<", values),
            "semVerGreaterThan" => Versions(">", values),
            _ => [],
        };
        return tests.DefaultIfEmpty((AttributeOperator.In, AttributeValue.List()));
    }

    private static IEnumerable<(AttributeOperator, AttributeValue)> Set(AttributeOperator @operator, IEnumerable<AttributeValue> values) => [(@operator, AttributeValue.List([.. values]))];

    private static IEnumerable<(AttributeOperator, AttributeValue)> Each(AttributeOperator @operator, IEnumerable<AttributeValue> values) => values.Select(value => (@operator, value));

    private static IEnumerable<(AttributeOperator, AttributeValue)> Versions(string comparator, IEnumerable<AttributeValue> values) => values
        .Where(value => value.AsString() is { Length: > 0 } text && text.AsSpan().IndexOfAny(' ', '<', '>') < 0 && !text.StartsWith('='))
        .Select(value => (AttributeOperator.SemVer, (AttributeValue)(comparator + value.AsString())));

    private static bool IsText(AttributeValue value) => value.Kind == AttributeKind.String;

    private static bool IsNumber(AttributeValue value) => value.Kind is AttributeKind.Integer or AttributeKind.Number;

    private static AttributeValue Value(JsonElement value) => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? default : BackendDocument.ValueOf(value);
}
