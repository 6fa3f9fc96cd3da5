namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The names of the operators in documents.</summary>
internal static class AttributeOperators
{
    public static readonly string[] Names =
    [
        "equals", "in", "startsWith", "endsWith", "contains", "matches", "lessThan", "atMost", "greaterThan", "atLeast",
        "before", "after", "semver", "inNetwork", "hasAny", "hasAll", "exists",
    ];

    public static string Name(AttributeOperator @operator) => Names[(int)@operator];

    public static AttributeOperator Parse(string name) => (AttributeOperator)Array.IndexOf(Names, name);
}
