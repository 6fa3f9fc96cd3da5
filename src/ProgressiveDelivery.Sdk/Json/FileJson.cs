namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Converts hand-written files to strict JSON. Comments and trailing commas become spaces, so every fault keeps its line and position. Texts taken
/// from the document (variants' values, metadata) are then strict JSON too.
/// </summary>
internal static class FileJson
{
    /// <summary>Returns the document itself if it has no comments and trailing commas; otherwise a copy. Other faults remain.</summary>
    public static ReadOnlyMemory<byte> ToStrict(ReadOnlyMemory<byte> document)
    {
        var text = document.Span;
        byte[]? strict = null;
        byte last = 0;      // the last byte before, without spaces and comments
        var comma = -1;     // the place of a comma that may be the last of its list
        for (int i = 0, length; i < text.Length; i += length)
        {
            length = LengthAt(text[i..]);
            if (IsSpace(text[i]))
                continue;
            if (text[i] == '/' && length > 1)
            {
                Blank((strict ??= document.ToArray()).AsSpan(i, length));
                continue;
            }

            if (comma >= 0 && text[i] is (byte)'}' or (byte)']')
                Blank((strict ??= document.ToArray()).AsSpan(comma, 1));
            comma = text[i] == ',' && MayEndWithComma(last) ? i : -1;
            last = text[i];
        }

        return strict ?? document;
    }

    // The length of a text, a comment, or one byte of anything else.
    private static int LengthAt(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'"' => LengthOfText(text),
        (byte)'/' when text.StartsWith("//"u8) => text.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? end : text.Length,
        (byte)'/' when text.StartsWith("/*"u8) => text[2..].IndexOf("*/"u8) is var end and >= 0 ? end + 4 : 1,
        _ => 1,
    };

    private static int LengthOfText(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }

        return text.Length;
    }

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    // True after a value; elsewhere a comma is a fault.
    private static bool MayEndWithComma(byte last) => last is not (0 or (byte)'{' or (byte)'[' or (byte)',' or (byte)':');

    private static void Blank(Span<byte> bytes)
    {
        foreach (ref var character in bytes)
        {
            if (character is not ((byte)'\r' or (byte)'\n'))
                character = (byte)' ';
        }
    }
}
