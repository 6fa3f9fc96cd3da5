using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The value of a variant: a boolean, string, whole number, number, or JSON text.</summary>
public readonly record struct VariantValue
{
    private VariantValue(FlagType? type, long bits, string? text, bool isUntyped = false)
    {
        Type = type;
        Bits = bits;
        Text = text;
        IsUntyped = isUntyped;
    }

    /// <summary>The intentional absence of a value: callers get their fallback. It is JSON's <c>null</c>, for backends that serve it.</summary>
    [Experimental("PD9001")]
    public static VariantValue None { get; } = new(null, 1, null);

    /// <summary>The type of the value; null if there is no value. A flag may serve such a value only if it is <see cref="None"/>.</summary>
    public FlagType? Type { get; }

    internal long Bits { get; }

    internal string? Text { get; }

    /// <summary>Indicates whether the value is read as the requested type, whatever its own type is.</summary>
    internal bool IsUntyped { get; }

    /// <summary>Converts a boolean.</summary>
    public static implicit operator VariantValue(bool value) => new(FlagType.Boolean, value ? 1 : 0, null);

    /// <summary>Converts a string.</summary>
    public static implicit operator VariantValue(string? value) => value is null ? default : new(FlagType.String, 0, value);

    /// <summary>Converts a whole number.</summary>
    public static implicit operator VariantValue(long value) => new(FlagType.Integer, value, null);

    /// <summary>Converts a number.</summary>
    public static implicit operator VariantValue(double value) =>
        new(FlagType.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>Creates a JSON value, for a <see cref="FlagType.Json"/> flag.</summary>
    /// <param name="text">The JSON text.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not JSON, or is JSON <c>null</c>.</exception>
    public static VariantValue Json(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Null)
                throw new ArgumentException("A variant's value is JSON null; a variant must hold a value.", nameof(text));
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"A variant's value is no JSON: {JsonFault.Describe(fault)} Correct it.", nameof(text), fault);
        }

        return new(FlagType.Json, 0, text);
    }

    /// <summary>
    /// Creates a value of a text-only format, such as configuration. It has the type that it resembles, but is read as the requested type: as its
    /// text, or as the whole number, number or JSON in that text. Inside JSON, texts, numbers and booleans are converted to each other as the
    /// requested type needs.
    /// </summary>
    /// <param name="text">The text; JSON text if <paramref name="type"/> is <see cref="FlagType.Json"/>.</param>
    /// <param name="type">The type that the value resembles; not <see cref="FlagType.Boolean"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not a value of <paramref name="type"/>.</exception>
    [Experimental("PD9001")]
    public static VariantValue Untyped(string text, FlagType type)
    {
        ArgumentNullException.ThrowIfNull(text);
        return type switch
        {
            FlagType.String => new(type, 0, text, isUntyped: true),
            FlagType.Integer when TryWhole(text, out var whole) => new(type, whole, text, isUntyped: true),
            FlagType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                new(type, BitConverter.DoubleToInt64Bits(number), text, isUntyped: true),
            FlagType.Json => new(type, 0, Json(text).Text, isUntyped: true),
            _ => throw new ArgumentException($"'{text}' is no untyped value of type {type}. Give the type that the text looks like.", nameof(type)),
        };
    }

    /// <summary>Reads a 64-bit whole number from a text, which may have a point or an exponent.</summary>
    internal static bool TryWhole(string? text, out long whole)
    {
        whole = 0;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || decimal.Truncate(number) != number || number is < long.MinValue or > long.MaxValue)
            return false;
        whole = (long)number;
        return true;
    }

    /// <summary>Creates a value from JSON text that a reader has already parsed.</summary>
    internal static VariantValue ParsedJson(string text) => new(FlagType.Json, 0, text);

    // In halves: the framework would first fold them together, which allows chosen numbers that collide.
    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, (int)Bits, (int)(Bits >> 32), Text);

    /// <summary>Returns the value as JSON.</summary>
    public override string ToString() => Type switch
    {
        FlagType.Boolean => Bits != 0 ? "true" : "false",
        FlagType.String => $"\"{Text}\"",
        FlagType.Integer => Bits.ToString(CultureInfo.InvariantCulture),
        FlagType.Number => BitConverter.Int64BitsToDouble(Bits).ToString("R", CultureInfo.InvariantCulture),
        FlagType.Json => Text!,
        _ => "null",
    };
}
