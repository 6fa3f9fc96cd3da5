using System.Globalization;

namespace ProgressiveDelivery.Sdk;

/// <content>Conversions. Those of strings, booleans, integers, numbers and instants allocate nothing; lists and objects are copied.</content>
public readonly partial struct AttributeValue
{
    /// <summary>A string; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(string? value) =>
        value is null ? default : new(value);

    /// <summary>A string of one character, which is allocated.</summary>
    public static implicit operator AttributeValue(char value) => value.ToString();

    /// <summary>A string of one character; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(char? value) => value is { } character ? character : default(AttributeValue);

    /// <summary>A boolean.</summary>
    public static implicit operator AttributeValue(bool value) => new(AttributeKind.Boolean, value ? 1 : 0);

    /// <summary>A boolean; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(bool? value) => value is { } boolean ? boolean : default(AttributeValue);

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(long value) => new(AttributeKind.Integer, value);

    /// <summary>An integer; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(long? value) => value is { } integer ? integer : default(AttributeValue);

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(int value) => new(AttributeKind.Integer, value);

    /// <summary>An integer; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(int? value) => value is { } integer ? integer : default(AttributeValue);

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(byte value) => (long)value;

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(ushort value) => (long)value;

    /// <summary>An integer.</summary>
    public static implicit operator AttributeValue(uint value) => (long)value;

    /// <summary>
    /// An integer where it fits 64 bits with a sign. Beyond, a string of its digits: a number would lose some of them, and bucketing hashes the digits in
    /// either case.
    /// </summary>
    public static implicit operator AttributeValue(ulong value) =>
        value <= long.MaxValue ? (long)value : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static implicit operator AttributeValue(double value) =>
        new(AttributeKind.Number, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A number; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(double? value) => value is { } number ? number : default(AttributeValue);

    /// <summary>An integer where it is whole and fits 64 bits, such as <c>5.00</c>; else the nearest number.</summary>
    public static implicit operator AttributeValue(decimal value) => DecimalNumber.Of(value);

    /// <summary>An integer or a number; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(decimal? value) => value is { } number ? number : default(AttributeValue);

    /// <summary>An instant; its offset does not matter to any rule and is not kept.</summary>
    public static implicit operator AttributeValue(DateTimeOffset value) => new(AttributeKind.Instant, value.UtcTicks);

    /// <summary>An instant; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(DateTimeOffset? value) => value is { } instant ? instant : default(AttributeValue);

    /// <summary>An instant. The kind must be <see cref="DateTimeKind.Utc"/> or <see cref="DateTimeKind.Local"/>.</summary>
    /// <exception cref="ArgumentException">The kind is <see cref="DateTimeKind.Unspecified"/>, so that the value may be any of 27 hours.</exception>
    public static implicit operator AttributeValue(DateTime value) => value.Kind != DateTimeKind.Unspecified
        ? new(AttributeKind.Instant, value.ToUniversalTime().Ticks)
        : throw new ArgumentException(FormattableString.Invariant($"DateTime '{value:O}' has the kind Unspecified, so that it is no instant. Give a DateTimeOffset, or say what it is: DateTime.SpecifyKind(value, DateTimeKind.Utc)."), nameof(value));

    /// <summary>An instant; <c>null</c> becomes no value.</summary>
    /// <exception cref="ArgumentException">The kind is <see cref="DateTimeKind.Unspecified"/>.</exception>
    public static implicit operator AttributeValue(DateTime? value) => value is { } instant ? instant : default(AttributeValue);

    /// <summary>The instant at which the day begins in UTC, so that rules on time apply to it.</summary>
    public static implicit operator AttributeValue(DateOnly value) => new(AttributeKind.Instant, value.DayNumber * TimeSpan.TicksPerDay);

    /// <summary>The instant at which the day begins in UTC; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(DateOnly? value) => value is { } day ? day : default(AttributeValue);

    /// <summary>A string in lower case with hyphens, which is allocated.</summary>
    public static implicit operator AttributeValue(Guid value) => value.ToString("D");

    /// <summary>A string in lower case with hyphens; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(Guid? value) => value is { } id ? id : default(AttributeValue);

    /// <summary>
    /// A semantic version, as rules test it: three parts, such as <c>4.2.0</c>, where a missing one is 0. A revision other than 0 follows as build metadata
    /// (<c>4.2.0+7</c>), which ranges ignore. <c>null</c> becomes no value.
    /// </summary>
    public static implicit operator AttributeValue(Version? value) => value is null ? default : (AttributeValue)(value.Revision > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Major}.{value.Minor}.{value.Build}+{value.Revision}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Major}.{value.Minor}.{Math.Max(0, value.Build)}"));

    /// <summary>A string: the escaped address, or a relative one as it was given. <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(Uri? value) => value is { IsAbsoluteUri: true } ? value.AbsoluteUri : value?.OriginalString;

    /// <summary>A list of strings; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(string[]? values) =>
        values is null ? default : Owning(Array.ConvertAll(values, static value => (AttributeValue)value));

    /// <summary>A list of integers; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(long[]? values) =>
        values is null ? default : Owning(Array.ConvertAll(values, static value => (AttributeValue)value));

    /// <summary>A list of integers; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(int[]? values) =>
        values is null ? default : Owning(Array.ConvertAll(values, static value => (AttributeValue)value));

    /// <summary>A list of numbers; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(double[]? values) =>
        values is null ? default : Owning(Array.ConvertAll(values, static value => (AttributeValue)value));

    /// <summary>A list of booleans; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(bool[]? values) =>
        values is null ? default : Owning(Array.ConvertAll(values, static value => (AttributeValue)value));

    /// <summary>A list, copied; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(AttributeValue[]? values) => values is null ? default : List(values);

    /// <summary>A list of strings, copied; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(List<string>? values) => From(values);

    /// <summary>An object, copied; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(Dictionary<string, AttributeValue>? values) => values is null ? default : Object(values);

    /// <summary>An object of strings, copied; <c>null</c> becomes no value.</summary>
    public static implicit operator AttributeValue(Dictionary<string, string>? values) => From(values);

    /// <summary>The name of an enum's value, which is allocated only for a value without a name; of a <c>[Flags]</c> enum a list of the names of its flags.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The value.</param>
    public static AttributeValue From<TEnum>(TEnum value)
        where TEnum : struct, Enum => EnumNames<TEnum>.Of(value);

    /// <summary>The name of an enum's value, as <see cref="From{TEnum}(TEnum)"/> makes it; <c>null</c> becomes no value.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The value.</param>
    public static AttributeValue From<TEnum>(TEnum? value)
        where TEnum : struct, Enum => value is { } named ? From(named) : default;

    /// <summary>
    /// Converts a value whose type is known at run time only: whatever converts implicitly, an enum by its name, a <c>JsonElement</c> or <c>JsonNode</c>, and sequences and dictionaries of these, such as
    /// <c>IEnumerable&lt;string&gt;</c> and <c>IReadOnlyDictionary&lt;string, object&gt;</c>. They are copied. <c>null</c> becomes no value.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The type is none of these, values are nested more than 64 deep, or there are more than 100,000.</exception>
    public static AttributeValue From(object? value) => AttributeConversion.Of(value);
}
