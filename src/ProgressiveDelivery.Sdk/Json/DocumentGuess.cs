using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Says whose format a document without our schema seems to be, from the names at its top.</summary>
internal static class DocumentGuess
{
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

        foreach (var (members, format) in Signs)
        {
            if (names.IsSupersetOf(members))
                return format;
        }

        return null;
    }
}
