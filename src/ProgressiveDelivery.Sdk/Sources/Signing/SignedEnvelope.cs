using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Sources.Signing;

/// <summary>
/// The envelope of a signed event of a stream: <c>{"key": "…", "sig": "…", "data": "…"}</c>, the signature over the UTF-8
/// bytes of the text in <c>data</c>. Any other form is the text itself, unsigned.
/// </summary>
internal static class SignedEnvelope
{
    public static SignedText Open(ReadOnlyMemory<byte> sent)
    {
        try
        {
            var json = new Utf8JsonReader(sent.Span);
            return Read(ref json) ?? new(sent);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(sent);   // no JSON, or half a surrogate pair: the reader of the text reports it
        }
    }

    private static SignedText? Read(ref Utf8JsonReader json)
    {
        string? key = null, signature = null;
        byte[]? data = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isKey = json.ValueTextEquals("key"u8);
            var isSignature = json.ValueTextEquals("sig"u8);
            // A first look at any other name ends it: a large document that is no envelope is not read twice.
            if (!isKey && !isSignature && !json.ValueTextEquals("data"u8) || !json.Read() || json.TokenType != JsonTokenType.String)
                return null;
            if (isKey)
                key = json.GetString();
            else if (isSignature)
                signature = json.GetString();
            else
                data = TextOf(ref json);
        }

        var isWhole = data is not null && key is not null && signature is not null && !json.Read();
        return isWhole ? new(data, SnapshotSignature.Of(key, signature)) : null;
    }

    private static byte[] TextOf(ref Utf8JsonReader json)
    {
        var text = new byte[json.ValueSpan.Length];     // escaped text is never shorter
        return text[..json.CopyString(text)];
    }
}
