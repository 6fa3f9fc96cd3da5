using System.Globalization;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// One typed value of a context attribute: a string, boolean, integer, number, instant, list or object, or nothing.
/// Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// Plain .NET values convert implicitly, so that <c>context["age"] = 42</c> reads as it should. A number keeps its kind:
/// <c>7</c> is an integer and <c>7.0</c> a number; they are equal where rules compare numbers, and bucket alike.
/// </remarks>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly object? _reference;
    private readonly long _bits;

    private AttributeValue(AttributeKind kind, long bits, object? reference)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>What this value holds.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Whether there is no value; a missing attribute and a null one are the same to every rule.</summary>
    public bool IsNull => Kind == AttributeKind.Null;

    /// <summary>The text of a <see cref="AttributeKind.String"/> value; <c>null</c> for any other kind.</summary>
    public string? AsString() => _reference as string;

    /// <summary>Tries to read a boolean.</summary>
    public bool TryGetBoolean(out bool value)
    {
        value = _bits != 0;
        return Kind == AttributeKind.Boolean;
    }

    /// <summary>Tries to read a 64-bit integer. A number is no integer, even when it is whole.</summary>
    public bool TryGetInteger(out long value)
    {
        value = _bits;
        return Kind == AttributeKind.Integer;
    }

    /// <summary>Tries to read a number; an integer is converted to the nearest double.</summary>
    public bool TryGetNumber(out double value)
    {
        value = Kind == AttributeKind.Number ? BitConverter.Int64BitsToDouble(_bits) : _bits;
        return Kind is AttributeKind.Number or AttributeKind.Integer;
    }

    /// <summary>Tries to read an instant. A string that looks like one is a string; rules on time parse it themselves.</summary>
    public bool TryGetInstant(out DateTimeOffset value)
    {
        value = Kind == AttributeKind.Instant ? new DateTimeOffset(_bits, TimeSpan.Zero) : default;
        return Kind == AttributeKind.Instant;
    }

    /// <summary>The items of a list; empty for any other kind.</summary>
    public ReadOnlySpan<AttributeValue> Items => Kind == AttributeKind.List ? (AttributeValue[])_reference! : [];

    /// <summary>The members of an object, ordered by name; empty for any other kind.</summary>
    public ReadOnlySpan<ContextAttribute> Members => Kind == AttributeKind.Object ? (ContextAttribute[])_reference! : [];

    internal long InstantTicks => _bits;

    /// <summary>Makes a list; the items are copied.</summary>
    public static AttributeValue List(params ReadOnlySpan<AttributeValue> items) =>
        new(AttributeKind.List, 0, items.ToArray());

    /// <summary>Makes a list of items that nobody changes any more.</summary>
    internal static AttributeValue Owning(AttributeValue[] items) => new(AttributeKind.List, 0, items);

    /// <summary>Makes an object; a name given twice keeps its last value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="members"/> is null.</exception>
    public static AttributeValue Object(IEnumerable<KeyValuePair<string, AttributeValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new(AttributeKind.Object, 0, AttributeList.Sorted(members));
    }

    /// <summary>A string; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(string? value) =>
        value is null ? default : new(AttributeKind.String, 0, value);

    /// <summary>A boolean.</summary>
    public static implicit operator AttributeValue(bool value) => new(AttributeKind.Boolean, value ? 1 : 0, null);

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(long value) => new(AttributeKind.Integer, value, null);

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(int value) => new(AttributeKind.Integer, value, null);

    /// <summary>A number.</summary>
    public static implicit operator AttributeValue(double value) =>
        new(AttributeKind.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>An instant; its offset does not matter to any rule and is not kept.</summary>
    public static implicit operator AttributeValue(DateTimeOffset value) => new(AttributeKind.Instant, value.UtcTicks, null);

    /// <summary>A list of strings; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(string[]? values) =>
        values is null ? default : new(AttributeKind.List, 0, Array.ConvertAll(values, value => (AttributeValue)value));

    /// <summary>
    /// Whether both hold the same: the same kind and value, lists item by item and objects member by member.
    /// An integer equals a number of the same value.
    /// </summary>
    public bool Equals(AttributeValue other)
    {
        if (Kind != other.Kind)
            return Kind == AttributeKind.Integer ? IsSame(_bits, other) : other.Kind == AttributeKind.Integer && IsSame(other._bits, this);

        return Kind switch
        {
            AttributeKind.Null => true,
            AttributeKind.String => string.Equals((string)_reference!, (string)other._reference!, StringComparison.Ordinal),
            AttributeKind.Number => BitConverter.Int64BitsToDouble(_bits).Equals(BitConverter.Int64BitsToDouble(other._bits)),
            AttributeKind.List => Items.SequenceEqual(other.Items),
            AttributeKind.Object => Members.SequenceEqual(other.Members),
            _ => _bits == other._bits,
        };
    }

    // Both ways, or two integers that one double stands for would equal it and not each other; 2^63 is no integer any more.
    private static bool IsSame(long integer, AttributeValue number) =>
        number.Kind == AttributeKind.Number && number.TryGetNumber(out var value) && value == integer && value < 9223372036854775808.0 && (long)value == integer;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (TryGetNumber(out var number))
            return number.GetHashCode();

        var hash = new HashCode();
        hash.Add(Kind);
        if (_reference is string text)
            hash.Add(text, StringComparer.Ordinal);
        else
            hash.Add(_bits);
        foreach (var item in Items)
            hash.Add(item);
        foreach (var member in Members)
            hash.Add(member);
        return hash.ToHashCode();
    }

    /// <summary>Equality as <see cref="Equals(AttributeValue)"/> has it.</summary>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Inequality as <see cref="Equals(AttributeValue)"/> has it.</summary>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    /// <summary>The value as JSON would write it, for diagnostics.</summary>
    public override string ToString() => Kind switch
    {
        AttributeKind.String => $"\"{(string)_reference!}\"",
        AttributeKind.Boolean => _bits != 0 ? "true" : "false",
        AttributeKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Number => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Instant => new DateTimeOffset(_bits, TimeSpan.Zero).ToString("O", CultureInfo.InvariantCulture),
        AttributeKind.List => $"[{string.Join(", ", Items.ToArray())}]",
        AttributeKind.Object => $"{{{string.Join(", ", Members.ToArray())}}}",
        _ => "null",
    };
}
