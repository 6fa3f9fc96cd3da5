using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// The part of an <see cref="EvaluationContext"/> that stands for GrowthBook's attribute <c>id</c>. Units are hashed by it, unless a rule names another.
/// Every other attribute is the context's attribute of the same name.
/// </summary>
public sealed record GrowthBookContextMapping
{
    private const string IdAttribute = "id";
    private const string TargetingKey = "targetingKey";

    /// <summary>The attribute that stands for <c>id</c> if the context has no attribute of that name; the targeting key by default. A path with dots, as in conditions.</summary>
    public string Id { get; set; } = TargetingKey;

    /// <summary>
    /// The object by which a caller steers experiments, to preview a variation before its release; the attribute <c>growthbook</c> by default. Its member
    /// <c>forcedVariations</c> is an object of the indexes of variations by the experiments' keys. Its member <c>url</c> is an address, whose query may have such an index as the
    /// parameter of an experiment's key. If <c>qaMode</c> is true, only forced variations are served. If
    /// <c>enabled</c> is false, no experiment runs.
    /// </summary>
    public string Steering { get; set; } = "growthbook";

    /// <summary>Returns the references that give the unit of an attribute.</summary>
    internal IReadOnlyList<string> UnitsOf(string attribute) => attribute == IdAttribute ? [IdAttribute, Id] : [Pointer(attribute)];

    /// <summary>Returns the unit of an attribute, or null if the context has none.</summary>
    internal AttributeValue UnitOf(EvaluationContext context, string attribute) => attribute == IdAttribute && context[IdAttribute].IsNull
        ? Id == TargetingKey ? context.TargetingKey : context[Id]
        : context[attribute];

    /// <summary>Returns the value at a path of a condition.</summary>
    internal ExpressionDefinition ValueOf(string path) => path == IdAttribute
        ? new OperationExpression { Operator = ExpressionOperator.Variable, Operands = [new LiteralExpression(path), Variable(Id)] }
        : Variable(path);

    /// <summary>Returns the reference to a member of <see cref="Steering"/>.</summary>
    internal string SteeringOf(params ReadOnlySpan<string> names) => "/" + string.Join('/', [Escape(Steering), .. names.ToArray().Select(Escape)]);

    private static OperationExpression Variable(string path) => new() { Operator = ExpressionOperator.Variable, Operands = [new LiteralExpression(path)] };

    private static string Pointer(string name) => name.AsSpan().ContainsAny(':', '/') || name.Length == 0 ? "/" + Escape(name) : name;

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
