using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Guesses the format of a document without our schema, from its top-level names.</summary>
internal static class DocumentGuess
{
    // Members of the first flag at the top level: some formats differ only there.
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
        if (BackendJson.Find(root, "schema") is { } schema && BackendJson.TryReadText(schema, out var name) && name.StartsWith("progressive-delivery/", StringComparison.Ordinal))
            return "a snapshot in the SDK's own format";
        if (BackendJson.Find(root, "features") is { } features)
            return features.ValueKind == JsonValueKind.Array ? "an Unleash client-features document" : "a GrowthBook payload";
        return OfFlags(root) ?? Of([.. Signs.SelectMany(sign => sign.Members).Distinct().Where(member => BackendJson.Find(root, member) is not null)]);
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

    // Deleted or malformed flags may show no sign: the first flag with one decides.
    private static string? OfFlags(JsonElement root)
    {
        if (BackendJson.Find(root, "flags") is not { ValueKind: JsonValueKind.Object } flags)
            return null;
        foreach (var flag in flags.EnumerateObject())
        {
            if (Array.Find(FlagSigns, sign => BackendJson.Find(flag.Value, sign.Member) is not null).Format is { } format)
                return format;
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
