namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Keeps the texts that most lines repeat, such as the name of a metric, so that they are not created anew for each line.</summary>
internal sealed class TextCache
{
    private const int Slots = 256;
    private const int MaxLength = 64;

    private readonly (byte[] Bytes, string Text)?[] _slots = new (byte[], string)?[Slots];

    /// <summary>Returns the text of UTF-8 that is known to be valid.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
            return System.Text.Encoding.UTF8.GetString(utf8);
        ref var slot = ref _slots[((utf8.Length * 31) + (utf8[0] * 7) + (utf8[^1] * 3) + utf8[utf8.Length / 2]) % Slots];
        if (slot is { } known && utf8.SequenceEqual(known.Bytes))
            return known.Text;
        var text = System.Text.Encoding.UTF8.GetString(utf8);
        slot = (utf8.ToArray(), text);
        return text;
    }
}
