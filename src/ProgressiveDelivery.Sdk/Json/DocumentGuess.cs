using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Says whose format a document without our schema seems to be, from the names at its top.</summary>
internal static class DocumentGuess
{
    // Of the first flag of those at the top: some formats differ in nothing else.
    private static readonly (string Member, string Format)[] FlagSigns =
    [
        ("allocations", "a Universal Flag Configuration of Eppo or Datadog"),
        ("fallthrough", "a LaunchDarkly payload"),
        ("variations", "a LaunchDarkly payload"),
        ("state", "a flagd flag set"),
    ];

    private static readonly (string[] Members, string Format)[] Signs =
    [
        (["feature_management"], "a Microsoft.FeatureManagement configuration"),
        (["FeatureManagement"], "a Microsoft.FeatureManagement configuration"),
        (["features", "segments", "version"], "an Unleash client-features document"),
        (["features", "status"], "a GrowthBook payload"),
        (["features"], "a GrowthBook or Unleash document"),
        (["$schema", "flags"], "a flagd flag set"),
        (["$evaluators", "flags"], "a flagd flag set"),
        (["p", "f"], "a ConfigCat configuration"),
        (["bandits", "flags"], "an Eppo configuration"),
        (["environment", "flags", "createdAt"], "an Eppo configuration"),
        (["flags", "segments"], "a LaunchDarkly payload"),
        (["experiments", "featureFlags"], "an Optimizely datafile"),
        (["openapi"], "an OpenAPI document"),
        (["error"], "an error message"),
    ];

    public static string? Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (root.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String && schema.GetString()!.StartsWith("progressive-delivery/", StringComparison.Ordinal))
            return "a snapshot in the SDK's own format";
        if (root.TryGetProperty("features", out var features))
            return features.ValueKind == JsonValueKind.Array ? "an Unleash client-features document" : "a GrowthBook payload";
        return OfFlags(root) ?? Of(root.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal));
    }

    public static string? Of(ReadOnlySpan<byte> document)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var json = new Utf8JsonReader(document);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.TryRead(ref json, pool: null, out var name))
                names.Add(name);
            json.Skip();
        }

        return Of(names);
    }

    private static string? OfFlags(JsonElement root)
    {
        if (!root.TryGetProperty("flags", out var flags) || flags.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var flag in flags.EnumerateObject())
        {
            if (flag.Value.ValueKind != JsonValueKind.Object)
                return null;
            var sign = Array.Find(FlagSigns, sign => flag.Value.TryGetProperty(sign.Member, out _));
            return sign.Format;
        }

        return null;
    }

    private static string? Of(HashSet<string> names)
    {
        foreach (var (members, format) in Signs)
        {
            if (names.IsSupersetOf(members))
                return format;
        }

        return null;
    }
}
