using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Converts a constraint to a condition. A missing field does not satisfy it, unless the constraint is inverted.</summary>
internal sealed partial class ConstraintReader(UnleashContextMapping mapping)
{
    // Matches no version.
    private const string NoVersion = ">1.0.0 <1.0.0";

    private static readonly ValueDialect Dialect = new()
    {
        Texts = TextReading.EcmaScript,
        Numbers = NumberReading.NumbersAndTexts,
        Instants = InstantReading.Iso8601,
        Patterns = PatternSyntax.Re2,
        InvalidOperandsMatchNothing = true,
    };

    /// <summary>Returns the condition of all constraints of an object, or null if it has none.</summary>
    public ConditionDefinition? ReadAll(JsonElement parent)
    {
        ConditionDefinition[] conditions = [.. Json.Items(parent, "constraints").Select(Read)];
        return conditions.Length switch
        {
            0 => null,
            1 => conditions[0],
            _ => new AllCondition(conditions),
        };
    }

    /// <summary>Returns a test that a missing attribute does not satisfy.</summary>
    public static AttributeCondition Test(string reference, AttributeOperator @operator, AttributeValue operand, bool ignoreCase = false) => new()
    {
        Attribute = reference,
        Operator = @operator,
        Operand = operand,
        IgnoreCase = ignoreCase,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
        Dialect = Dialect,
    };

    private ConditionDefinition Read(JsonElement constraint)
    {
        var test = Judge(constraint, Json.Text(constraint, "contextName") ?? "");
        return Json.IsTrue(constraint, "inverted") ? new NotCondition(test) : test;
    }

    private ConditionDefinition Judge(JsonElement constraint, string field)
    {
        var reference = mapping.ReferenceOf(field);
        var (value, values, ignoreCase) = (Json.Text(constraint, "value"), Json.Texts(constraint, "values"), Json.IsTrue(constraint, "caseInsensitive"));
        return Json.Text(constraint, "operator") switch
        {
            "IN" => Test(reference, AttributeOperator.In, values),
            "NOT_IN" => new NotCondition(Test(reference, AttributeOperator.In, values)),
            "STR_STARTS_WITH" => Test(reference, AttributeOperator.StartsWith, values, ignoreCase),
            "STR_ENDS_WITH" => Test(reference, AttributeOperator.EndsWith, values, ignoreCase),
            "STR_CONTAINS" => Test(reference, AttributeOperator.Contains, values, ignoreCase),
            "NUM_EQ" => Number(reference, AttributeOperator.Equals, value),
            "NUM_GT" => Number(reference, AttributeOperator.GreaterThan, value),
            "NUM_GTE" => Number(reference, AttributeOperator.AtLeast, value),
            "NUM_LT" => Number(reference, AttributeOperator.LessThan, value),
            "NUM_LTE" => Number(reference, AttributeOperator.AtMost, value),
            "DATE_AFTER" => Date(field, reference, AttributeOperator.After, value),
            "DATE_BEFORE" => Date(field, reference, AttributeOperator.Before, value),
            "SEMVER_EQ" => Version(reference, "=", value),
            "SEMVER_GT" => Version(reference, ">", value),
            "SEMVER_GTE" => Version(reference, ">=", value),
            "SEMVER_LT" => Version(reference, "<", value),
            "SEMVER_LTE" => Version(reference, "<=", value),
            "REGEX" => Test(reference, AttributeOperator.Matches, value ?? "[", ignoreCase),
            "IN_CIDR" => Test(reference, AttributeOperator.InNetwork, values),
            _ => Never,
        };
    }

    private static ConditionDefinition Number(string reference, AttributeOperator @operator, string? value) =>
        Json.Number(value) is { } number ? Test(reference, @operator, number) : Never;

    private ConditionDefinition Date(string field, string reference, AttributeOperator @operator, string? value)
    {
        if (!BackendJson.TryReadInstant(value, out var instant))
            return Never;
        if (field != "currentTime")
            return Test(reference, @operator, instant);
        // Without the field, the current time is used.
        if (@operator == AttributeOperator.Before)
            return new BetweenCondition { To = instant, Clock = mapping.CurrentTime };
        return instant == DateTimeOffset.MaxValue ? Never : new BetweenCondition { From = instant.AddTicks(1), Clock = mapping.CurrentTime };
    }

    private static AttributeCondition Version(string reference, string comparator, string? value) =>
        Test(reference, AttributeOperator.SemVer, value is not null && SemanticVersion().IsMatch(value) ? comparator + value : NoVersion);

    private static AnyCondition Never { get; } = new([]);

    // SemVer 2.0; source: the expression that semver.org suggests.
    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-(?:(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+(?:[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();
}
