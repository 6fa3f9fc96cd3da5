using System.Buffers;
using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// The text of a value, under the rules of a dialect. A string is read in place; other values are written into the caller's buffer or a rented one.
/// </summary>
/// <param name="room">The caller's buffer, large enough for a number.</param>
internal ref struct AttributeText(Span<char> room)
{
    // A list may hold one long text a thousand times. A list beyond this size is not read as a text.
    private const int MaxListSize = 1_000_000;

    private readonly Span<char> _room = room;
    private char[]? _rented;

    /// <summary>The text; empty if there is none.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Reads a value; false if the dialect does not read it as a text. Call <see cref="Return"/> when done with the text.</summary>
    public bool TryRead(in AttributeValue value, TextReading reading)
    {
        if (value.AsString() is { } text)
        {
            Text = text;
            return true;
        }

        if (reading == TextReading.Texts)
            return false;
        if (value.TryGetBoolean(out var boolean))
        {
            Text = boolean ? "true" : "false";
            return true;
        }

        if (value.TryGetNumber(out var number))
            return Write(number);
        if (reading == TextReading.EcmaScript)
            return false;
        if (value.Kind == AttributeKind.Instant)
            return Write(SecondsOf(value.InstantTicks));
        return value.Kind == AttributeKind.List && TryWriteList(value.Items, value.Size);
    }

    /// <summary>Returns the rented buffer.</summary>
    public void Return()
    {
        if (_rented is { } rented)
            ArrayPool<char>.Shared.Return(rented);
        _rented = null;
        Text = default;
    }

    /// <summary>Converts ticks to seconds since 1970.</summary>
    public static double SecondsOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    private bool Write(double number)
    {
        Text = _room[..EcmaScriptText.Write(number, _room)];
        return true;
    }

    // Writes a list of texts as JSON.stringify does: only the characters that JSON requires are escaped.
    private bool TryWriteList(ReadOnlySpan<AttributeValue> items, long size)
    {
        if (size > MaxListSize)
            return false;
        var most = 2;
        foreach (ref readonly var item in items)
        {
            if (item.AsString() is not { } text)
                return false;
            most += (text.Length * 6) + 3;
        }

        var room = _room;
        if (most > room.Length)
            room = _rented = ArrayPool<char>.Shared.Rent(most);
        var length = 0;
        room[length++] = '[';
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                room[length++] = ',';
            length += WriteQuoted(items[i].AsString()!, room[length..]);
        }

        room[length++] = ']';
        Text = room[..length];
        return true;
    }

    private static int WriteQuoted(string text, Span<char> room)
    {
        var length = 0;
        room[length++] = '"';
        foreach (var character in text)
        {
            var escaped = character switch
            {
                '"' => '"',
                '\\' => '\\',
                '\b' => 'b',
                '\f' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                < ' ' => 'u',
                _ => '\0',
            };
            if (escaped != '\0')
                room[length++] = '\\';
            room[length++] = escaped == '\0' ? character : escaped;
            if (escaped != 'u')
                continue;
            ((int)character).TryFormat(room[length..], out var digits, "x4", CultureInfo.InvariantCulture);
            length += digits;
        }

        room[length++] = '"';
        return length;
    }
}
