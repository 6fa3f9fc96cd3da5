using System.Globalization;
using System.Text.Encodings.Web;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>A caller's fallback that is a text or a number.</summary>
/// <param name="Flag">The place of its flag.</param>
/// <param name="IsEnabled">The on/off state of the flag; null if the decision gives none.</param>
/// <param name="Type">The type of the fallback.</param>
/// <param name="Bits">The number.</param>
/// <param name="Text">The text.</param>
internal readonly record struct FallbackKey(int Flag, bool? IsEnabled, FlagType Type, long Bits, string? Text)
{
    private const int MaxLength = 256;

    /// <summary>The reason of the answer, where reasons are counted apart; otherwise the default.</summary>
    public EvaluationReason Reason { get; init; }

    /// <summary>The fallback as JSON; null for a number that JSON cannot hold.</summary>
    public string? Value => Type switch
    {
        FlagType.String => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Text!)}\"",
        FlagType.Integer => Bits.ToString(CultureInfo.InvariantCulture),
        _ => BitConverter.Int64BitsToDouble(Bits) is var number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
    };

    /// <summary>Returns a fallback's key; null if it has none: an object, or a long text.</summary>
    public static FallbackKey? Of<T>(int flag, bool? isEnabled, T fallback)
    {
        if (typeof(T) == typeof(string))
            return (string?)(object?)fallback is { Length: <= MaxLength } text ? new(flag, isEnabled, FlagType.String, 0, text) : null;
        if (typeof(T) == typeof(long))
            return new(flag, isEnabled, FlagType.Integer, (long)(object)fallback!, null);
        if (typeof(T) == typeof(int))
            return new(flag, isEnabled, FlagType.Integer, (int)(object)fallback!, null);
        if (typeof(T) == typeof(double))
            return new(flag, isEnabled, FlagType.Number, BitConverter.DoubleToInt64Bits((double)(object)fallback!), null);
        return null;
    }
}
