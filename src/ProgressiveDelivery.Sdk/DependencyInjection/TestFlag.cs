using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Flags that serve one variant to every context.</summary>
internal static class TestFlag
{
    private static readonly VariantDefinition[] OnAndOff = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }];

    /// <summary>Returns a flag that serves a value.</summary>
    /// <param name="known">The flag of the rules; null to make one up.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is no value, or no variant has it.</exception>
    public static FlagDefinition Serving(FlagDefinition? known, string key, VariantValue value)
    {
        if (value.Type is not { } type)
            throw new ArgumentException($"Flag '{key}' is set to no value. Give one; or leave the flag out, and callers get their fallback.", nameof(value));
        if (known is null)
            return MadeUp(key, type, value);
        var variant = known.Variants.FirstOrDefault(one => Fits(one.Value, value))
            ?? throw new ArgumentException($"Flag '{key}' has no variant with the value {value}. Its variants are {Names(known)}.", nameof(value));
        return Serving(known, variant.Name);
    }

    /// <summary>Returns a flag that serves a variant.</summary>
    /// <param name="known">The flag of the rules; null to make one up.</param>
    /// <param name="key">The flag's key.</param>
    /// <param name="variant">The variant's name.</param>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    public static FlagDefinition ServingVariant(FlagDefinition? known, string key, string variant)
    {
        if (known is null)
            return variant is "on" or "off" ? MadeUp(key, FlagType.Boolean, variant == "on") : MadeUp(key, FlagType.String, variant);
        return known.Variants.Any(one => one.Name == variant)
            ? Serving(known, variant)
            : throw new ArgumentException($"Flag '{key}' has no variant '{variant}'. Its variants are {Names(known)}.", nameof(variant));
    }

    private static FlagDefinition Serving(FlagDefinition known, string variant) => known with { Enabled = true, Requires = [], Rules = [], Guards = [], Default = variant };

    private static FlagDefinition MadeUp(string key, FlagType type, VariantValue value)
    {
        if (type == FlagType.Boolean)
            return new() { Key = key, Type = type, Variants = OnAndOff, Default = value == true ? "on" : "off" };
        var name = type == FlagType.String && value.Text is { Length: > 0 } text ? text : "value";
        return new() { Key = key, Type = type, Variants = [new() { Name = name, Value = value }], Default = name };
    }

    private static bool Fits(VariantValue of, VariantValue value) =>
        of == value || (of.Type == FlagType.Number && value.Type == FlagType.Integer && of == (VariantValue)(double)value.Bits);

    private static string Names(FlagDefinition flag) => string.Join(", ", flag.Variants.Select(variant => $"'{variant.Name}' ({variant.Value})"));
}
