using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Tells flagd's documents from others.</summary>
internal static class FlagdDocument
{
    public static SnapshotDiagnostic? Fault(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return FlagdDiagnostics.OtherDocument($"is {JsonKind.Of(root)}, not an object");
        if (!root.TryGetProperty("flags", out var flags))
            return FlagdDiagnostics.OtherDocument("has no 'flags'", Guess(root));
        if (flags.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return FlagdDiagnostics.OtherDocument($"has 'flags' that are {JsonKind.Of(flags)}, not an object or a list");
        if (root.TryGetProperty("schema", out _))
            return FlagdDiagnostics.OtherDocument("has a 'schema'", Guess(root));
        var any = false;
        foreach (var flag in Flags(flags))
        {
            if (flag.Value.ValueKind == JsonValueKind.Object && (flag.Value.TryGetProperty("variants", out _) || flag.Value.TryGetProperty("state", out _)))
                return null;
            any = true;
        }

        return any ? FlagdDiagnostics.OtherDocument("has flags without 'state' and 'variants'", Guess(root, Flags(flags).First().Value)) : null;
    }

    /// <summary>The flags with their keys, whether they are written as an object or as a list.</summary>
    public static IEnumerable<(string Key, JsonElement Value)> Flags(JsonElement flags)
    {
        if (flags.ValueKind == JsonValueKind.Object)
            return flags.EnumerateObject().Select(flag => (flag.Name, flag.Value));
        return flags.EnumerateArray().Select(flag => (
            flag.ValueKind == JsonValueKind.Object && flag.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String ? key.GetString()! : "",
            flag));
    }

    private static string? Guess(JsonElement root, JsonElement flag = default) => root switch
    {
        _ when root.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String && schema.GetString()!.StartsWith("progressive-delivery/", StringComparison.Ordinal) => "the SDK's own format",
        _ when root.TryGetProperty("features", out var features) => features.ValueKind == JsonValueKind.Array ? "a document of Unleash" : "a document of GrowthBook",
        _ when root.TryGetProperty("feature_management", out _) || root.TryGetProperty("FeatureManagement", out _) => "a document of Microsoft Feature Management",
        _ when root.TryGetProperty("f", out _) && root.TryGetProperty("p", out _) => "a document of ConfigCat",
        _ when root.TryGetProperty("segments", out _) || Has(flag, "fallthrough") => "a document of LaunchDarkly",
        _ when Has(flag, "allocations") => "a document of Eppo or Datadog",
        _ => null,
    };

    private static bool Has(JsonElement flag, string member) => flag.ValueKind == JsonValueKind.Object && flag.TryGetProperty(member, out _);
}
