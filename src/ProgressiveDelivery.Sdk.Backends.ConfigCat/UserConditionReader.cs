using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>
/// Converts a condition on an attribute of the user object. A condition is unknown if the attribute is missing, empty, or no version,
/// number, date or list where one is expected. This also applies to negated comparators.
/// </summary>
internal sealed class UserConditionReader(ConfigCatContextMapping mapping, string? configSalt, string contextSalt)
{
    // Matches no version.
    private const string NoVersion = ">1.0.0 <1.0.0";
    private const string InvalidValue = "Comparison value is missing or invalid.";

    private static readonly ValueDialect Dialect = new()
    {
        Texts = TextReading.EcmaScriptAndJson,
        Numbers = NumberReading.Lenient,
        Instants = InstantReading.Seconds,
        Versions = VersionReading.Trimmed,
        EmptyIsMissing = true,
    };

    public ConditionDefinition Read(JsonElement condition)
    {
        if (Json.Text(condition, "a") is not { } attribute)
            return new AbortCondition("Comparison attribute is missing or invalid.");
        var reference = mapping.ReferenceOf(attribute);
        return Json.Whole(condition, "c") switch
        {
            0 or 1 or 16 or 17 => Texts(reference, AttributeOperator.In, condition),
            2 or 3 => Texts(reference, AttributeOperator.Contains, condition),
            4 or 5 => Versions(reference, condition),
            6 => Version(reference, "<", condition),
            7 => Version(reference, "<=", condition),
            8 => Version(reference, ">", condition),
            9 => Version(reference, ">=", condition),
            10 or 11 => Number(reference, AttributeOperator.Equals, condition),
            12 => Number(reference, AttributeOperator.LessThan, condition),
            13 => Number(reference, AttributeOperator.AtMost, condition),
            14 => Number(reference, AttributeOperator.GreaterThan, condition),
            15 => Number(reference, AttributeOperator.AtLeast, condition),
            18 => Number(reference, AttributeOperator.Before, condition),
            19 => Number(reference, AttributeOperator.After, condition),
            20 or 21 or 28 or 29 => Texts(reference, AttributeOperator.Equals, condition),
            22 or 23 or 30 or 31 => Texts(reference, AttributeOperator.StartsWith, condition),
            24 or 25 or 32 or 33 => Texts(reference, AttributeOperator.EndsWith, condition),
            26 or 27 or 34 or 35 => Texts(reference, AttributeOperator.HasAny, condition),
            _ => Fails(Text(reference, AttributeOperator.In), "Comparison operator is missing or invalid."),
        };
    }

    // In each pair of comparators on texts and numbers, the odd one is the negated one.
    private static bool IsNegated(JsonElement condition) => Json.Whole(condition, "c") is { } comparator && comparator % 2 == 1;

    private ConditionDefinition Texts(string reference, AttributeOperator @operator, JsonElement condition)
    {
        AttributeValue operand = Json.Text(condition, "s") is { } text && @operator == AttributeOperator.Equals
            ? text
            : BackendJson.Find(condition, "l") is { ValueKind: JsonValueKind.Array } list && @operator != AttributeOperator.Equals
                ? AttributeValue.List([.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? (AttributeValue)item.GetString() : default)])
                : default;
        var isHashed = Json.Whole(condition, "c") is 16 or 17 or (>= 20 and <= 27);
        if (operand.IsNull || (isHashed && configSalt is null))
            return Fails(Text(reference, @operator == AttributeOperator.HasAny ? @operator : AttributeOperator.In), operand.IsNull ? InvalidValue : "Config JSON salt is missing or invalid.");
        return new AttributeCondition
        {
            Attribute = reference,
            Operator = @operator,
            Operand = operand,
            Negate = IsNegated(condition),
            Dialect = Dialect,
            Hashing = isHashed ? new() { Algorithm = OperandHash.Sha256, Salt = configSalt + contextSalt } : null,
        };
    }

    private static ConditionDefinition Number(string reference, AttributeOperator @operator, JsonElement condition) => Json.Number(condition, "d") is { } operand
        ? new AttributeCondition { Attribute = reference, Operator = @operator, Operand = operand, Negate = @operator == AttributeOperator.Equals && IsNegated(condition), Dialect = Dialect }
        : Fails(new() { Attribute = reference, Operator = @operator, Operand = 0, Dialect = Dialect }, InvalidValue);

    private static ConditionDefinition Version(string reference, string comparator, JsonElement condition) => Json.Text(condition, "s") is { } version
        ? InRange(reference, Range(comparator, version) ?? NoVersion)
        : Fails(InRange(reference, NoVersion), InvalidValue);

    // A list with an invalid version never holds, also if the comparator is negated.
    private static ConditionDefinition Versions(string reference, JsonElement condition)
    {
        if (BackendJson.Find(condition, "l") is not { ValueKind: JsonValueKind.Array } list)
            return Fails(InRange(reference, NoVersion), InvalidValue);
        string[] versions = [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()!.Trim() : "").Where(version => version.Length > 0)];
        string?[] ranges = [.. versions.Select(version => Range("=", version))];
        if (Array.IndexOf(ranges, null) >= 0)
            return InRange(reference, NoVersion);
        // The version is checked even if there is nothing to compare it with.
        var isOne = new AnyCondition([InRange(reference, NoVersion), .. ranges.Select(range => InRange(reference, range!))]);
        return IsNegated(condition) ? new NotCondition(isOne) : isOne;
    }

    private static AttributeCondition InRange(string reference, string range) => new() { Attribute = reference, Operator = AttributeOperator.SemVer, Operand = range, Dialect = Dialect };

    private static string? Range(string comparator, string version) => SemanticVersion.IsValid(version.Trim()) ? comparator + version.Trim() : null;

    private static AttributeCondition Text(string reference, AttributeOperator @operator) => new() { Attribute = reference, Operator = @operator, Operand = AttributeValue.List([""]), Dialect = Dialect };

    // The attribute is read before the comparison: if it is missing or cannot be read, the condition is unknown, and no error.
    private static AllCondition Fails(AttributeCondition reads, string fault) => new([new AnyCondition([reads, new NotCondition(reads)]), new AbortCondition(fault)]) { FirstDecides = true };
}
