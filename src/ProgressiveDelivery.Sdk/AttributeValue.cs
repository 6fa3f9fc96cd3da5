namespace ProgressiveDelivery.Sdk;

/// <summary>
/// One typed value of a context attribute: a string, boolean, integer, number, instant, list or object, or nothing.
/// Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// Plain .NET values convert implicitly, so that <c>context["age"] = 42</c> reads as it should; <see cref="From(object?)"/> converts the others. A number
/// keeps its kind: <c>7</c> is an integer and <c>7.0</c> a number; they are equal where rules compare numbers, and bucket alike.
/// </remarks>
public readonly partial struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly ushort _depth;

    private AttributeValue(AttributeKind kind, long bits)
    {
        Kind = kind;
        _bits = bits;
    }

    private AttributeValue(string text)
    {
        Kind = AttributeKind.String;
        _reference = text;
    }

    // Of lists and objects the bits are their size. With the depth, what would walk them knows its cost beforehand.
    private AttributeValue(AttributeValue[] items)
    {
        Kind = AttributeKind.List;
        _bits = AttributeSize.Of(items);
        _depth = AttributeSize.DepthOf(items);
        _reference = items;
    }

    private AttributeValue(ContextAttribute[] members)
    {
        Kind = AttributeKind.Object;
        _bits = AttributeSize.Of(members);
        _depth = AttributeSize.DepthOf(members);
        _reference = members;
    }

    /// <summary>The kind of this value.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Indicates whether there is no value. Rules treat a missing attribute and a null one alike.</summary>
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

    internal bool IsCompound => Kind is AttributeKind.List or AttributeKind.Object;

    /// <summary>
    /// The length of the value when it is written out, in about as many characters. A part that occurs twice counts twice, even where both
    /// are one object.
    /// </summary>
    internal long Size => IsCompound ? _bits : AttributeSize.OfScalar(in this);

    /// <summary>The number of lists and objects inside one another, at most 65,535; 0 for a scalar.</summary>
    internal int Depth => _depth;

    /// <summary>Makes a list; the items are copied.</summary>
    public static AttributeValue List(params ReadOnlySpan<AttributeValue> items) =>
        new(items.ToArray());

    /// <summary>Makes a list of items that no longer change.</summary>
    internal static AttributeValue Owning(AttributeValue[] items) => new(items);

    /// <summary>Makes an object; a name given twice keeps its last value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="members"/> is null.</exception>
    public static AttributeValue Object(IEnumerable<KeyValuePair<string, AttributeValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new(AttributeList.Sorted(members));
    }

    /// <summary>
    /// Returns whether both hold the same: the same kind and value, lists item by item and objects member by member.
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
            AttributeKind.List or AttributeKind.Object => IsOne(in other) || ContentComparison.AreSame(in this, in other),
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
        var hash = new HashCode();
        ContentHash.Add(ref hash, in this);
        return hash.ToHashCode();
    }

    /// <summary>Returns whether both are equal, as defined by <see cref="Equals(AttributeValue)"/>.</summary>
    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    /// <summary>Returns whether both differ, as defined by <see cref="Equals(AttributeValue)"/>.</summary>
    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    /// <summary>The value as JSON would write it, for diagnostics. A longer text than 1,000 characters is cut off and ends with an ellipsis.</summary>
    public override string ToString() => AttributeExcerpt.Of(in this);

    /// <summary>Returns whether both are the same list or object in memory.</summary>
    internal bool IsOne(in AttributeValue other) => ReferenceEquals(_reference, other._reference);

    /// <summary>The list or object in memory; null for any other kind.</summary>
    internal object? Compound => IsCompound ? _reference : null;
}
