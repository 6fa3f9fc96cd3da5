using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Reads local values from configuration. Each text has the type that it looks like.</summary>
internal static class OverridesSection
{
    /// <summary>Returns the local values, or null if the section has none.</summary>
    /// <exception cref="InvalidOperationException">The behavior is unknown.</exception>
    public static ConfigCatOverrides? Read(IConfigurationSection section)
    {
        var values = new Dictionary<string, VariantValue>(StringComparer.Ordinal);
        foreach (var value in section.GetSection(nameof(ConfigCatOverrides.Values)).GetChildren())
        {
            if (value.Value is { } text)
                values.Add(value.Key, ValueOf(text));
        }

        var behavior = section.GetSection(nameof(ConfigCatOverrides.Behavior));
        if (behavior.Value is not { } name)
            return values.Count == 0 ? null : new(ConfigCatOverrideBehavior.LocalOverRemote, values) { AreTexts = true };
        return Enum.TryParse<ConfigCatOverrideBehavior>(name, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? new(known, values) { AreTexts = true }
            : throw new InvalidOperationException($"Failed to convert configuration value '{name}' at '{behavior.Path}': give LocalOnly, LocalOverRemote or RemoteOverLocal.");
    }

    private static VariantValue ValueOf(string text)
    {
        if (bool.TryParse(text, out var boolean))
            return boolean;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole.ToString(CultureInfo.InvariantCulture) == text)
            return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? number : text;
    }
}
