using System.Buffers;
using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// The items of a list of texts, or of a text that is a JSON array of texts. Allocates nothing, and malformed JSON throws no exception.
/// </summary>
internal ref struct TextItems
{
    private readonly ReadOnlySpan<AttributeValue> _items;
    private readonly ReadOnlySpan<char> _json;
    private char[]? _rented;
    private int _next;

    public TextItems(in AttributeValue value)
    {
        if (value.AsString() is { } json)
        {
            _json = json;
            AreTexts = IsArray(_json);
            Rewind();
            return;
        }

        _items = value.Items;
        AreTexts = value.Kind == AttributeKind.List && AreAllTexts(_items);
    }

    /// <summary>Indicates whether the value is such a list.</summary>
    public bool AreTexts { get; }

    /// <summary>Reads the next item, which is valid until the next call.</summary>
    public bool TryNext(out ReadOnlySpan<char> item)
    {
        item = default;
        if (_json.IsEmpty)
        {
            if (_next >= _items.Length)
                return false;
            item = _items[_next++].AsString();
            return true;
        }

        SkipBlanks(_json, ref _next);
        if (_json[_next] == ']')
            return false;
        if (_json[_next] == ',')
        {
            _next++;
            SkipBlanks(_json, ref _next);
        }

        var start = _next + 1;
        var hasEscapes = TrySkipText(_json, ref _next, out var escaped) && escaped;
        var raw = _json[start..(_next - 1)];
        item = hasEscapes ? Unescape(raw) : raw;
        return true;
    }

    /// <summary>Returns the rented buffer.</summary>
    public void Return()
    {
        if (_rented is { } rented)
            ArrayPool<char>.Shared.Return(rented);
        _rented = null;
    }

    private void Rewind()
    {
        _next = 0;
        if (!AreTexts)
            return;
        SkipBlanks(_json, ref _next);
        _next++;
    }

    private ReadOnlySpan<char> Unescape(ReadOnlySpan<char> raw)
    {
        if (_rented is null || _rented.Length < raw.Length)
        {
            Return();
            _rented = ArrayPool<char>.Shared.Rent(raw.Length);
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                _rented[length++] = raw[i];
                continue;
            }

            i++;
            _rented[length++] = raw[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            };
            if (raw[i] == 'u')
                i += 4;
        }

        return _rented.AsSpan(0, length);
    }

    private static bool AreAllTexts(ReadOnlySpan<AttributeValue> items)
    {
        foreach (ref readonly var item in items)
        {
            if (item.Kind != AttributeKind.String)
                return false;
        }

        return true;
    }

    private static bool IsArray(ReadOnlySpan<char> json)
    {
        var at = 0;
        SkipBlanks(json, ref at);
        if (at >= json.Length || json[at++] != '[')
            return false;
        SkipBlanks(json, ref at);
        if (at < json.Length && json[at] == ']')
            return IsEnd(json, at + 1);
        while (TrySkipText(json, ref at, out _))
        {
            SkipBlanks(json, ref at);
            if (at >= json.Length)
                return false;
            if (json[at] == ']')
                return IsEnd(json, at + 1);
            if (json[at++] != ',')
                return false;
            SkipBlanks(json, ref at);
        }

        return false;
    }

    private static bool TrySkipText(ReadOnlySpan<char> json, ref int at, out bool hasEscapes)
    {
        hasEscapes = false;
        if (at >= json.Length || json[at++] != '"')
            return false;
        while (at < json.Length)
        {
            var character = json[at++];
            if (character == '"')
                return true;
            if (character < ' ')
                return false;
            if (character != '\\')
                continue;
            hasEscapes = true;
            if (at >= json.Length || !"\"\\/bfnrtu".Contains(json[at], StringComparison.Ordinal))
                return false;
            if (json[at++] != 'u')
                continue;
            for (var end = at + 4; at < end; at++)
            {
                if (at >= json.Length || !char.IsAsciiHexDigit(json[at]))
                    return false;
            }
        }

        return false;
    }

    private static bool IsEnd(ReadOnlySpan<char> json, int at)
    {
        SkipBlanks(json, ref at);
        return at == json.Length;
    }

    private static void SkipBlanks(ReadOnlySpan<char> json, ref int at)
    {
        while (at < json.Length && json[at] is ' ' or '\t' or '\r' or '\n')
            at++;
    }
}
