using System.Buffers;
using System.Text.Encodings.Web;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Escapes only what JSON cannot hold: quotes, backslashes and control characters. A rewritten document is then not longer than the original. The
/// framework's encoders escape emoji and, by default, every letter that is not ASCII. Half of a surrogate pair becomes U+FFFD, as in every encoder.
/// </summary>
internal sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    private const int MaxEscape = 6;

    private static readonly SearchValues<char> Suspects =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(i => (char)i), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(i => (char)i)]);

    private PlainJsonEncoder()
    {
    }

    public static PlainJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => MaxEscape;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        for (var from = 0; span[from..].IndexOfAny(Suspects) is >= 0 and var found; from += found + 2)
        {
            var at = from + found;
            if (at + 1 == span.Length || !char.IsSurrogatePair(span[at], span[at + 1]))
                return at;
        }

        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' => $"\\u{unicodeScalar:x4}",
            _ => char.ConvertFromUtf32(unicodeScalar),
        };
        var isWritten = escape.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = isWritten ? escape.Length : 0;
        return isWritten;
    }
}
