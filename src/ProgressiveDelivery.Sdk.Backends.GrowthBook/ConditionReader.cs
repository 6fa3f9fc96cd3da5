using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Reads conditions, which look like MongoDB's queries and coerce values as ECMAScript does.</summary>
/// <param name="mapping">The part of a context that stands for the attribute <c>id</c>; null if conditions do not see a context.</param>
/// <param name="groups">The saved groups by id.</param>
internal sealed class ConditionReader(GrowthBookContextMapping? mapping, IReadOnlyDictionary<string, JsonElement> groups)
{
    private static readonly LiteralExpression Nothing = new(default(AttributeValue));
    private static readonly LiteralExpression Never = new(false);

    /// <summary>Reads a condition on attributes. A value that is not an object always holds.</summary>
    public ExpressionDefinition Read(JsonElement condition) => ReadQuery(condition, Attribute);

    private ExpressionDefinition Attribute(string path) => mapping?.ValueOf(path) ?? Variable(path);

    private ExpressionDefinition ReadQuery(JsonElement query, Func<string, ExpressionDefinition> seen) => query.ValueKind != JsonValueKind.Object ? new LiteralExpression(true) : All(query.EnumerateObject().Select(entry => entry.Name switch
    {
        "$or" => Any(entry.Value, seen),
        "$nor" => Not(Any(entry.Value, seen)),
        "$and" => All(Queries(entry.Value, seen)),
        "$not" => Not(ReadQuery(entry.Value, seen)),
        _ => ReadValue(entry.Value, seen(entry.Name)),
    }));

    // An empty list of queries always holds.
    private ExpressionDefinition Any(JsonElement queries, Func<string, ExpressionDefinition> seen) =>
        Queries(queries, seen).ToArray() is { Length: > 0 } members ? Operation(ExpressionOperator.Or, members) : new LiteralExpression(true);

    private IEnumerable<ExpressionDefinition> Queries(JsonElement queries, Func<string, ExpressionDefinition> seen) =>
        queries.ValueKind == JsonValueKind.Array ? queries.EnumerateArray().Select(query => ReadQuery(query, seen)) : [];

    // The value equals the expected one after conversion to its type, or satisfies all operators.
    private ExpressionDefinition ReadValue(JsonElement wanted, ExpressionDefinition value)
    {
        switch (wanted.ValueKind)
        {
            case JsonValueKind.String:
                return Same(Operation(ExpressionOperator.ToText, value), Literal(wanted));
            case JsonValueKind.Number:
                return Same(Operation(ExpressionOperator.ToNumber, value), Literal(wanted));
            case JsonValueKind.True or JsonValueKind.False:
                return All([NotNull(value), Same(Operation(ExpressionOperator.ToTruth, value), Literal(wanted))]);
            case JsonValueKind.Null:
                return Same(value, Nothing);
            case JsonValueKind.Object when IsOperators(wanted):
                return All(wanted.EnumerateObject().Select(entry => ReadOperator(entry.Name, entry.Value, value)));
            default:
                return Operation(ExpressionOperator.Identical, value, Literal(wanted));
        }
    }

    private ExpressionDefinition ReadOperator(string name, JsonElement wanted, ExpressionDefinition value) => name switch
    {
        "$eq" => Same(value, Literal(wanted)),
        "$ne" => Not(Same(value, Literal(wanted))),
        "$lt" => Operation(ExpressionOperator.Less, value, Literal(wanted)),
        "$lte" => Operation(ExpressionOperator.AtMost, value, Literal(wanted)),
        "$gt" => Operation(ExpressionOperator.Greater, value, Literal(wanted)),
        "$gte" => Operation(ExpressionOperator.AtLeast, value, Literal(wanted)),
        "$exists" => Json.Counts(wanted) ? NotNull(value) : Same(value, Nothing),
        "$in" => wanted.ValueKind == JsonValueKind.Array ? In(value, wanted, folds: false) : Never,
        "$nin" => wanted.ValueKind == JsonValueKind.Array ? Not(In(value, wanted, folds: false)) : Never,
        "$ini" => wanted.ValueKind == JsonValueKind.Array ? In(value, wanted, folds: true) : Never,
        "$nini" => wanted.ValueKind == JsonValueKind.Array ? Not(In(value, wanted, folds: true)) : Never,
        "$inGroup" => Group(wanted) is { } group ? In(value, group, folds: false) : Never,
        "$notInGroup" => Group(wanted) is { } group ? Not(In(value, group, folds: false)) : new LiteralExpression(true),
        "$not" => Not(ReadValue(wanted, value)),
        "$size" => All([IsList(value), ReadValue(wanted, Operation(ExpressionOperator.Length, value))]),
        "$elemMatch" => Some(value, All([Operation(ExpressionOperator.ToTruth, Item), IsOperators(wanted) ? ReadValue(wanted, Item) : ReadQuery(wanted, Variable)])),
        "$all" => wanted.ValueKind == JsonValueKind.Array ? AllOf(wanted, value, folds: false) : Never,
        "$alli" => wanted.ValueKind == JsonValueKind.Array ? AllOf(wanted, value, folds: true) : Never,
        "$regex" => wanted.ValueKind == JsonValueKind.String ? Operation(ExpressionOperator.Matches, value, Literal(wanted)) : Never,
        "$regexi" => wanted.ValueKind == JsonValueKind.String ? Operation(ExpressionOperator.MatchesIgnoringCase, value, Literal(wanted)) : Never,
        "$type" => Same(Operation(ExpressionOperator.TypeName, value), Literal(wanted)),
        "$veq" => Same(Version(value), Version(Literal(wanted))),
        "$vne" => Not(Same(Version(value), Version(Literal(wanted)))),
        "$vgt" => Operation(ExpressionOperator.Greater, Version(value), Version(Literal(wanted))),
        "$vgte" => Operation(ExpressionOperator.AtLeast, Version(value), Version(Literal(wanted))),
        "$vlt" => Operation(ExpressionOperator.Less, Version(value), Version(Literal(wanted))),
        "$vlte" => Operation(ExpressionOperator.AtMost, Version(value), Version(Literal(wanted))),
        _ => Never,
    };

    private static OperationExpression Item { get; } = Variable("");

    private static OperationExpression Variable(string path) => Operation(ExpressionOperator.Variable, new LiteralExpression(path));

    private JsonElement? Group(JsonElement id) =>
        id.ValueKind == JsonValueKind.String && groups.TryGetValue(id.GetString()!, out var group) && group.ValueKind == JsonValueKind.Array ? group : null;

    private static OperationExpression In(ExpressionDefinition value, JsonElement list, bool folds)
    {
        var wanted = new ListExpression([.. list.EnumerateArray().Select(Literal)]);
        return Operation(ExpressionOperator.If, IsList(value), Some(value, Operation(ExpressionOperator.In, Needle(Item), wanted)), Operation(ExpressionOperator.In, Needle(value), wanted));

        ExpressionDefinition Needle(ExpressionDefinition one) => folds ? Operation(ExpressionOperator.FoldCase, one) : one;
    }

    private ExpressionDefinition AllOf(JsonElement wanted, ExpressionDefinition value, bool folds) => All([IsList(value), .. wanted.EnumerateArray().Select(one => Some(
        value,
        folds && one.ValueKind == JsonValueKind.String
            ? Same(Operation(ExpressionOperator.FoldCase, Operation(ExpressionOperator.ToText, Item)), Operation(ExpressionOperator.FoldCase, Literal(one)))
            : ReadValue(one, Item)))]);

    private static bool IsOperators(JsonElement wanted) => wanted.ValueKind == JsonValueKind.Object && wanted.EnumerateObject().Any() && wanted.EnumerateObject().All(entry => entry.Name.StartsWith('$'));

    private static OperationExpression IsList(ExpressionDefinition value) => Same(Operation(ExpressionOperator.TypeName, value), new LiteralExpression("array"));

    private static OperationExpression Some(ExpressionDefinition list, ExpressionDefinition body) => Operation(ExpressionOperator.Some, list, body);

    private static OperationExpression Version(ExpressionDefinition value) => Operation(ExpressionOperator.PaddedVersion, value);

    private static OperationExpression Same(ExpressionDefinition one, ExpressionDefinition other) => Operation(ExpressionOperator.Same, one, other);

    private static OperationExpression NotNull(ExpressionDefinition value) => Operation(ExpressionOperator.NotSame, value, Nothing);

    private static OperationExpression Not(ExpressionDefinition value) => Operation(ExpressionOperator.Not, value);

    private static ExpressionDefinition All(IEnumerable<ExpressionDefinition> members) => members.ToArray() switch
    {
        [] => new LiteralExpression(true),
        [var only] => only,
        var several => Operation(ExpressionOperator.And, several),
    };

    private static LiteralExpression Literal(JsonElement value) => new(BackendDocument.ValueOf(value));

    private static OperationExpression Operation(ExpressionOperator name, params ExpressionDefinition[] operands) => new() { Operator = name, Operands = operands };
}
