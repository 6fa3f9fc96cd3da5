using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;

/// <summary>Flags to start a test from.</summary>
internal static class SomeFlags
{
    /// <summary>A boolean flag that is off for everyone.</summary>
    public static FlagDefinition Off(string key) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }],
        Default = "off",
    };

    /// <summary>A boolean flag that is on for everyone.</summary>
    public static FlagDefinition On(string key) => Off(key) with { Default = "on" };

    /// <summary>A boolean flag that is on for some users.</summary>
    public static FlagDefinition OnFor(string key, params string[] users) => For(Off(key), "on", users);

    /// <summary>A text flag whose default is <c>old</c>, and whose variants <c>new</c> and <c>odd</c> are for users of its rules.</summary>
    public static FlagDefinition Text(string key) => new()
    {
        Key = key,
        Type = FlagType.String,
        Variants = [new() { Name = "old", Value = "old" }, new() { Name = "new", Value = "new" }, new() { Name = "odd", Value = "odd" }],
        Default = "old",
    };

    /// <summary>Serves a variant to some users.</summary>
    public static FlagDefinition For(this FlagDefinition flag, string variant, params string[] users) => flag with
    {
        Rules =
        [
            .. flag.Rules,
            .. users.Select(user => new RuleDefinition
            {
                When = new AttributeCondition { Attribute = "targetingKey", Operator = AttributeOperator.Equals, Operand = user },
                Serve = variant,
            }),
        ],
    };
}
