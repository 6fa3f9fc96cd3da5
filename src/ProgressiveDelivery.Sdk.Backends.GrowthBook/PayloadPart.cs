using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>A part of a payload, decrypted where it has to be.</summary>
/// <param name="value">The part; undefined: there is none.</param>
internal sealed class PayloadPart(JsonElement value) : IDisposable
{
    private JsonDocument? _decrypted;

    public JsonElement Value => _decrypted?.RootElement ?? value;

    /// <summary>Whether it could not be decrypted.</summary>
    public bool IsUnreadable { get; private init; }

    public static PayloadPart Decrypt(string text, string key)
    {
        try
        {
            return EncryptedText.TryDecrypt(text, key) is { } clear ? new(default) { _decrypted = JsonDocument.Parse(clear) } : new(default) { IsUnreadable = true };
        }
        catch (JsonException)
        {
            return new(default) { IsUnreadable = true };
        }
    }

    public void Dispose() => _decrypted?.Dispose();
}
