using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Creates the flags of both schemas, once their parts are known.</summary>
internal static class FlagReading
{
    public const string On = "on";
    public const string Off = "off";

    private static readonly VariantDefinition[] Switch = [new() { Name = On, Value = true }, new() { Name = Off, Value = false }];

    /// <summary>Creates a flag that is only on or off.</summary>
    public static FlagDefinition Boolean(string key, bool enabled, ConditionDefinition? when) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Variants = Switch,
        Enabled = enabled,
        OffVariant = Off,
        Rules = when is null ? [] : [new() { Id = "conditions", When = when, Serve = On }],
        Default = when is null ? On : Off,
    };

    /// <summary>Creates a flag that cannot be read, and that returns the caller's fallback.</summary>
    public static FlagDefinition Broken(string key, Section flag, string message) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Defect = new("PD1101", DiagnosticSeverity.Error, flag.JsonPath, message),
    };
}
