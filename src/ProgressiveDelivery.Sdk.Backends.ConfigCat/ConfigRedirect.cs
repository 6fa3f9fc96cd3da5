using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Where a config says that it is to be read instead.</summary>
/// <param name="To">The address of the network to read it from.</param>
/// <param name="Insists">Whether that holds for addresses of users' own too.</param>
internal sealed record ConfigRedirect(Uri To, bool Insists)
{
    private const int Insisting = 2;

    /// <summary>The redirect of a document; null: it has none, or is no config.</summary>
    public static ConfigRedirect? Of(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var config = JsonDocument.Parse(document);
            return config.RootElement.ValueKind == JsonValueKind.Object && Json.Find(config.RootElement, "p") is { ValueKind: JsonValueKind.Object } preferences
                ? Of(preferences)
                : null;
        }
        catch (JsonException)
        {
            // Whoever reads the document says what is wrong with it.
            return null;
        }
    }

    private static ConfigRedirect? Of(JsonElement preferences)
    {
        var mode = Json.Find(preferences, "r") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var given) ? given : 0;
        return mode > 0
            && Json.Find(preferences, "u") is { ValueKind: JsonValueKind.String } url
            && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var to)
            && to.Scheme is "http" or "https"
            ? new(to, mode >= Insisting)
            : null;
    }
}
