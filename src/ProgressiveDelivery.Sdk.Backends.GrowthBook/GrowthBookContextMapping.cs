using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// Which part of an <see cref="EvaluationContext"/> stands for GrowthBook's attribute <c>id</c>, by which units are hashed unless a rule says otherwise.
/// Every other attribute is the context's attribute of the same name.
/// </summary>
public sealed record GrowthBookContextMapping
{
    private const string IdAttribute = "id";
    private const string TargetingKey = "targetingKey";

    /// <summary>What stands for <c>id</c> where the context has no attribute of that name; the targeting key by default. A path with dots, as conditions write it.</summary>
    public string Id { get; init; } = TargetingKey;

    /// <summary>
    /// The attribute, an object, by which a caller steers experiments, for looking at a variation before it is released; <c>growthbook</c> by default. Its member
    /// <c>forcedVariations</c> is an object of the indexes of variations by the experiments' keys; <c>url</c> is an address whose query may have such an index as the
    /// parameter of an experiment's key; where <c>qaMode</c> is true nobody else takes part; where
    /// <c>enabled</c> is false nobody does.
    /// </summary>
    public string Steering { get; init; } = "growthbook";

    /// <summary>The references that give the unit of an attribute.</summary>
    internal IReadOnlyList<string> UnitsOf(string attribute) => attribute == IdAttribute ? [IdAttribute, Id] : [Pointer(attribute)];

    /// <summary>The unit of an attribute; null: the context has none.</summary>
    internal AttributeValue UnitOf(EvaluationContext context, string attribute) => attribute == IdAttribute && context[IdAttribute].IsNull
        ? Id == TargetingKey ? context.TargetingKey : context[Id]
        : context[attribute];

    /// <summary>The value at a path of a condition.</summary>
    internal ExpressionDefinition ValueOf(string path) => path == IdAttribute
        ? new OperationExpression(ExpressionOperator.Variable, [new LiteralExpression(path), Variable(Id)])
        : Variable(path);

    /// <summary>A member of <see cref="Steering"/>.</summary>
    internal string SteeringOf(params ReadOnlySpan<string> names) => "/" + string.Join('/', [Escape(Steering), .. names.ToArray().Select(Escape)]);

    private static OperationExpression Variable(string path) => new(ExpressionOperator.Variable, [new LiteralExpression(path)]);

    private static string Pointer(string name) => name.AsSpan().ContainsAny(':', '/') || name.Length == 0 ? "/" + Escape(name) : name;

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
