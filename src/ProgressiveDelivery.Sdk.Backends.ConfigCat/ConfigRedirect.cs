using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>The redirect of a config to another address.</summary>
/// <param name="To">The address of the network to read the config from.</param>
/// <param name="Insists">Indicates whether the redirect also applies to users' own addresses.</param>
internal sealed record ConfigRedirect(Uri To, bool Insists)
{
    private const int Insisting = 2;

    /// <summary>Returns the redirect of a document, or null if it has none or is not a config.</summary>
    public static ConfigRedirect? Of(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var config = JsonDocument.Parse(document);
            return config.RootElement.ValueKind == JsonValueKind.Object && BackendJson.Find(config.RootElement, "p") is { ValueKind: JsonValueKind.Object } preferences
                ? Of(preferences)
                : null;
        }
        catch (JsonException)
        {
            // The reader of the document reports the fault.
            return null;
        }
    }

    private static ConfigRedirect? Of(JsonElement preferences)
    {
        var mode = BackendJson.Find(preferences, "r") is { ValueKind: JsonValueKind.Number } number && BackendJson.TryReadWhole(number, out var given) ? given : 0;
        return mode > 0
            && BackendJson.Find(preferences, "u") is { } url
            && BackendJson.TryReadText(url, out var address)
            && Uri.TryCreate(address, UriKind.Absolute, out var to)
            && to.Scheme is "http" or "https"
            ? new(to, mode >= Insisting)
            : null;
    }
}
