using System.Globalization;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Reads the members of a filter's parameters as configuration's binder does, with the texts of its exceptions. A member without a value has
/// the default of its type, not that of the settings.
/// </summary>
internal static class Bound
{
    private static readonly string[] HexadecimalPrefixes = ["0x", "&h", "#"];

    /// <summary>Reads an instant; null if there is none, or the text is empty. Without an offset, it is in this machine's time zone.</summary>
    /// <exception cref="FlagException">The text is not an instant.</exception>
    public static DateTimeOffset? Instant(Section parent, string name) => parent.Get(name) switch
    {
        { Value.Length: > 0 } section => Parse(section, section.Value),
        { Value: null, HasChildren: true } => DateTimeOffset.MinValue,
        _ => null,
    };

    /// <summary>Reads an instant; the fallback if there is none, and the earliest instant for an empty text.</summary>
    /// <exception cref="FlagException">The text is not an instant.</exception>
    public static DateTimeOffset Instant(Section parent, string name, DateTimeOffset fallback)
    {
        if (parent.Get(name) is not { Value: { } text } section)
            return parent.Get(name).IsNull ? default : fallback;
        return Parse(section, text);
    }

    /// <summary>Reads a whole number. A number in a document may have a decimal point; a text is read as by the binder.</summary>
    /// <exception cref="FlagException">The value is not a whole number of 32 bits.</exception>
    public static int Integer(Section parent, string name, int fallback)
    {
        if (parent.Get(name) is not { Value: { } text } section)
            return parent.Get(name).IsNull ? default : fallback;
        if (BackendJson.TryReadWhole(section.Element, out var whole) && whole is >= int.MinValue and <= int.MaxValue)
            return (int)whole;
        return TryInteger(text.Trim(), out var number) ? number : throw Fault(section, "System.Int32");
    }

    /// <exception cref="FlagException">The text is not a number.</exception>
    public static double Number(Section parent, string name, double fallback)
    {
        if (parent.Get(name) is not { Value: { } text } section)
            return parent.Get(name).IsNull ? default : fallback;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Fault(section, "System.Double");
    }

    /// <summary>Reads a name or number of an enum. The number need not be one of the enum's own.</summary>
    /// <exception cref="FlagException">The text is neither.</exception>
    public static TEnum Choice<TEnum>(Section parent, string name, TEnum fallback, string type)
        where TEnum : struct, Enum
    {
        if (parent.Get(name) is not { Value: { } text } section)
            return parent.Get(name).IsNull ? default : fallback;
        return Enum.TryParse<TEnum>(text, ignoreCase: true, out var choice) ? choice : throw Fault(section, type);
    }

    private static DateTimeOffset Parse(Section section, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return DateTimeOffset.MinValue;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : throw Fault(section, "System.DateTimeOffset");
    }

    private static bool TryInteger(string text, out int number)
    {
        foreach (var prefix in HexadecimalPrefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return int.TryParse(text.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        }

        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
    }

    private static FlagException Fault(Section section, string type) =>
        new($"Failed to convert configuration value '{section.Value}' at '{section.Path}' to type '{type}'.");
}
