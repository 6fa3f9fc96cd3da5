using System.IO.Hashing;
using System.Text;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Hands out one string for short texts that occur again and again, such as variants' and attributes' names: a third of what a
/// large document would allocate otherwise.
/// </summary>
internal sealed class TextPool
{
    private const int Size = 1024;
    private const int LongestText = 40;

    private readonly string?[] _texts = new string?[Size];

    /// <summary>The string of ASCII text; null where it is not kept.</summary>
    public string? Find(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= LongestText && _texts[PlaceOf(utf8)] is { } text && Ascii.Equals(utf8, text) ? text : null;

    public void Keep(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length <= LongestText)
            _texts[PlaceOf(utf8)] = text;
    }

    private static int PlaceOf(ReadOnlySpan<byte> utf8) => (int)(XxHash3.HashToUInt64(utf8) % Size);
}
