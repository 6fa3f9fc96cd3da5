using System.Buffers;
using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The text of a value, as a dialect reads it: in place where it is one, else written into the caller's room, or into room that is rented.</summary>
/// <param name="room">The caller's room, for a number at least.</param>
internal ref struct AttributeText(Span<char> room)
{
    private readonly Span<char> _room = room;
    private char[]? _rented;

    /// <summary>The text; empty where there is none.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Reads a value; false for one that the dialect takes for no text. Call <see cref="Return"/> when done with the text.</summary>
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
        return value.Kind == AttributeKind.List && TryWriteList(value.Items);
    }

    /// <summary>Gives back what was rented.</summary>
    public void Return()
    {
        if (_rented is { } rented)
            ArrayPool<char>.Shared.Return(rented);
        _rented = null;
        Text = default;
    }

    /// <summary>Seconds since 1970.</summary>
    public static double SecondsOf(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    private bool Write(double number)
    {
        Text = _room[..EcmaScriptText.Write(number, _room)];
        return true;
    }

    // As JSON.stringify writes a list of texts: nothing is escaped but what must be.
    private bool TryWriteList(ReadOnlySpan<AttributeValue> items)
    {
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
