using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>What both schemas make a flag of, once its parts are known.</summary>
internal static class FlagReading
{
    public const string On = "on";
    public const string Off = "off";

    private static readonly VariantDefinition[] Switch = [new(On, true), new(Off, false)];

    /// <summary>A flag that is on or off, and nothing else.</summary>
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

    /// <summary>A flag that cannot be read, and answers the caller's fallback.</summary>
    public static FlagDefinition Broken(string key, string path, string message) => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Defect = new("PD1101", DiagnosticSeverity.Error, path, message),
    };

    /// <summary>The text of Microsoft's exception.</summary>
    public static string InvalidEnabled(string key, JsonElement value) => $"Invalid setting 'enabled' with value '{Member.Text(value) ?? value.GetRawText()}' for feature '{key}'.";
}
