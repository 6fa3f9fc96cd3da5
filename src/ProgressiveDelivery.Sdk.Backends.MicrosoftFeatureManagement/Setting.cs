using System.Globalization;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Reads the settings of a flag itself, with the texts of Microsoft's exceptions. An empty text counts as missing.</summary>
internal static class Setting
{
    /// <exception cref="FlagException">The text is not a boolean.</exception>
    public static bool Boolean(Section parent, string name, string feature, bool fallback)
    {
        if (parent[name] is not { Length: > 0 } text)
            return fallback;
        return bool.TryParse(text, out var value) ? value : throw Invalid(name, text, feature);
    }

    /// <summary>Reads a name or number of an enum. The number need not be one of the enum's own.</summary>
    /// <exception cref="FlagException">The text is neither.</exception>
    public static TEnum Choice<TEnum>(Section parent, string name, string feature, TEnum fallback)
        where TEnum : struct, Enum
    {
        if (parent[name] is not { Length: > 0 } text)
            return fallback;
        return Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) ? value : throw Invalid(name, text, feature);
    }

    /// <summary>Reads a number, which may have thousands separators.</summary>
    /// <exception cref="FlagException">The text is not a number.</exception>
    public static double Number(Section parent, string name, string feature)
    {
        if (parent[name] is not { Length: > 0 } text)
            return 0;
        return double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) ? value : throw Invalid(name, text, feature);
    }

    private static FlagException Invalid(string name, string text, string feature) => new($"Invalid setting '{name}' with value '{text}' for feature '{feature}'.");
}
