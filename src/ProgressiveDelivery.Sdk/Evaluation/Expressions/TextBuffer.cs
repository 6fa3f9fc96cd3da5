using System.Buffers;
using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A text under construction: on the caller's stack, then in a pooled array, which must be returned.</summary>
internal ref struct TextBuffer(Span<char> room)
{
    private const int MaxNesting = 64;

    private Span<char> _room = room;
    private char[]? _pooled;
    private int _length;

    public readonly ReadOnlySpan<char> Text => _room[.._length];

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _room.Length - _length)
            Grow(text.Length);
        text.CopyTo(_room[_length..]);
        _length += text.Length;
    }

    /// <summary>Appends a value's text, as ECMAScript writes it.</summary>
    public void Append(in AttributeValue value) => Append(in value, 0);

    public readonly void Return()
    {
        if (_pooled is not null)
            ArrayPool<char>.Shared.Return(_pooled);
    }

    private void Append(in AttributeValue value, int depth)
    {
        switch (value.Kind)
        {
            case AttributeKind.String:
                Append(value.AsString());
                break;
            case AttributeKind.Integer:
            case AttributeKind.Number:
                AppendNumber(in value);
                break;
            case AttributeKind.List when depth < MaxNesting:
                AppendItems(value.Items, depth);
                break;
            case AttributeKind.List or AttributeKind.Object:
                Append("[object Object]");
                break;
            case AttributeKind.Boolean:
                Append(value.TryGetBoolean(out var boolean) && boolean ? "true" : "false");
                break;
            default:
                Append(value.IsNull ? "null" : value.ToString());
                break;
        }
    }

    // A null item of a list is an empty text.
    private void AppendItems(ReadOnlySpan<AttributeValue> items, int depth)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                Append(",");
            if (!items[i].IsNull)
                Append(in items[i], depth + 1);
        }
    }

    private void AppendNumber(in AttributeValue value)
    {
        Span<char> digits = stackalloc char[EcmaScriptText.MaxLength];
        var written = 0;
        if (value.TryGetInteger(out var integer))
            integer.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
        else if (value.TryGetNumber(out var number))
            written = EcmaScriptText.Write(number, digits);
        Append(digits[..written]);
    }

    private void Grow(int more)
    {
        var pooled = ArrayPool<char>.Shared.Rent(Math.Max(_room.Length * 2, _length + more));
        Text.CopyTo(pooled);
        Return();
        _pooled = pooled;
        _room = pooled;
    }
}
