using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>Converts a condition to a test. A missing attribute does not satisfy it, also if the operator is negated; only <c>IS_NULL</c> matches it.</summary>
internal sealed partial class ConditionReader(EppoContextMapping mapping, ITextCode code)
{
    private const string Id = "id";

    private static readonly string[] Operators = ["MATCHES", "NOT_MATCHES", "GTE", "GT", "LTE", "LT", "ONE_OF", "NOT_ONE_OF", "IS_NULL"];

    private static readonly ValueDialect Dialect = new()
    {
        Texts = TextReading.EcmaScript,
        Numbers = NumberReading.NumbersAndTexts,
        Patterns = PatternSyntax.EcmaScript,
    };

    /// <exception cref="FlagException">The condition cannot be evaluated.</exception>
    public ConditionDefinition Read(JsonElement condition)
    {
        var attribute = Json.Text(condition, "attribute") ?? throw new FlagException("A condition has no 'attribute'.");
        var written = Json.Text(condition, "operator") ?? throw new FlagException("A condition has no 'operator'.");
        var @operator = code.Find(written, Operators) ?? throw new FlagException($"The operator '{written}' is none that there is.");
        var value = BackendJson.Find(condition, "value") ?? throw new FlagException($"The operator '{@operator}' has no 'value'.");
        var test = Test(@operator, value);
        if (code.Find(attribute, [Id]) is not null)
            return OfId(test);
        return code.KeyHash is { } hash ? test with { Attribute = attribute, NameHash = hash } : test with { Attribute = Literal(attribute) };
    }

    // The subject's key is its id, unless it has another.
    private AnyCondition OfId(AttributeCondition test)
    {
        var hasNone = new AttributeCondition { Attribute = Id, Operator = AttributeOperator.Exists, Operand = false };
        return new([new AllCondition([new NotCondition(hasNone), test with { Attribute = Id }]), new AllCondition([hasNone, test with { Attribute = mapping.Subject }])]);
    }

    private AttributeCondition Test(string @operator, JsonElement value) => @operator switch
    {
        "MATCHES" or "NOT_MATCHES" => Of(AttributeOperator.Matches, Decoded(value), @operator == "NOT_MATCHES"),
        "ONE_OF" or "NOT_ONE_OF" => OneOf(value, @operator == "NOT_ONE_OF"),
        "IS_NULL" => new() { Attribute = "", Operator = AttributeOperator.Exists, Operand = !IsTrue(value) },
        "GTE" => Compared(AttributeOperator.AtLeast, ">=", value),
        "GT" => Compared(AttributeOperator.GreaterThan, ">", value),
        "LTE" => Compared(AttributeOperator.AtMost, "<=", value),
        _ => Compared(AttributeOperator.LessThan, "<", value),
    };

    private AttributeCondition OneOf(JsonElement value, bool negate)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw new FlagException("'ONE_OF' has no list of values.");
        var test = Of(AttributeOperator.In, AttributeValue.List([.. value.EnumerateArray().Select(item => (AttributeValue)Text(item))]), negate);
        return code.KeyHash is { } hash ? test with { Hashing = new() { Algorithm = hash } } : test;
    }

    // A version if the value is one, else a number.
    private AttributeCondition Compared(AttributeOperator @operator, string comparator, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return Of(@operator, value.GetDouble(), negate: false);
        var text = Decoded(value);
        if (Version().IsMatch(text))
            return Of(AttributeOperator.SemVer, comparator + text, negate: false);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Of(@operator, number, negate: false)
            : throw new FlagException($"'{text}' is neither a version nor a number.");
    }

    private bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => code.Find(value.GetString()!, ["true", "false"]) == "true",
        _ => throw new FlagException("'IS_NULL' asks for true or false."),
    };

    private string Decoded(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? code.Decode(value.GetString()!) : throw new FlagException("A comparison has no text to compare with.");

    private static string Text(JsonElement item) => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();

    private static AttributeCondition Of(AttributeOperator @operator, AttributeValue operand, bool negate) => new()
    {
        Attribute = "",
        Operator = @operator,
        Operand = operand,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
        Negate = negate,
        Dialect = Dialect,
    };

    // A literal name, with any characters.
    private static string Literal(string name) =>
        name.AsSpan().ContainsAny(':', '/') || name.Length == 0
            ? "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : name;

    // SemVer 2.0; source: the expression that semver.org suggests.
    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-(?:(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+(?:[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
