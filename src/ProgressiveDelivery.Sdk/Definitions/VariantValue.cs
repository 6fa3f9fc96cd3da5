using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The value of a variant: a boolean, string, whole number, number, or JSON text.</summary>
public readonly record struct VariantValue
{
    private VariantValue(FlagType? type, long bits, string? text)
    {
        Type = type;
        Bits = bits;
        Text = text;
    }

    /// <summary>No value, on purpose: who asks for it gets the caller's fallback. What JSON's <c>null</c> is to backends that serve it.</summary>
    public static VariantValue None { get; } = new(null, 1, null);

    /// <summary>What it holds; null when it holds nothing, which no flag may serve unless it is <see cref="None"/>.</summary>
    public FlagType? Type { get; }

    internal long Bits { get; }

    internal string? Text { get; }

    /// <summary>A boolean.</summary>
    public static implicit operator VariantValue(bool value) => new(FlagType.Boolean, value ? 1 : 0, null);

    /// <summary>A string.</summary>
    public static implicit operator VariantValue(string? value) => value is null ? default : new(FlagType.String, 0, value);

    /// <summary>A whole number.</summary>
    public static implicit operator VariantValue(long value) => new(FlagType.Integer, value, null);

    /// <summary>A number.</summary>
    public static implicit operator VariantValue(double value) =>
        new(FlagType.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A JSON value, of a <see cref="FlagType.Json"/> flag.</summary>
    /// <param name="text">The JSON text.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is no JSON, or JSON <c>null</c>.</exception>
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
            throw new ArgumentException($"A variant's value is no JSON: {fault.Message}", nameof(text), fault);
        }

        return new(FlagType.Json, 0, text);
    }

    /// <summary>JSON text that a reader has already parsed.</summary>
    internal static VariantValue ParsedJson(string text) => new(FlagType.Json, 0, text);

    /// <summary>The value as JSON would write it.</summary>
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
