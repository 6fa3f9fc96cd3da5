using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>A part of a payload, decrypted if necessary.</summary>
/// <param name="value">The part; undefined if there is none.</param>
internal sealed class PayloadPart(JsonElement value) : IDisposable
{
    private JsonDocument? _decrypted;

    public JsonElement Value => _decrypted?.RootElement ?? value;

    /// <summary>Indicates whether the part could not be decrypted.</summary>
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
