using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// Reads a flag with variants. Its condition decides whether it is on, its allocation selects the variant, and a variant may override
/// the state. Each variant exists as served while the flag is on; if it differs while the flag is off, it exists a second time.
/// </summary>
internal sealed class VariantsReader(FeatureManagementContextMapping mapping, Section flag, FlagFaults faults, bool enabled, ConditionDefinition? when)
{
    /// <summary>The variant while the flag is on, or off, and none is allocated.</summary>
    public const string NoneOn = "(on)";

    /// <inheritdoc cref="NoneOn"/>
    public const string NoneOff = "(off)";

    private readonly List<VariantDefinition> _variants = [new() { Name = NoneOn, Value = default, Enabled = true }, new() { Name = NoneOff, Value = default, Enabled = false }];
    private readonly Dictionary<string, (VariantValue Value, StatusOverride Override)> _known = new(StringComparer.Ordinal);

    /// <param name="variants">The variants with a name; the first of each name counts.</param>
    /// <exception cref="FlagException">A setting cannot be read.</exception>
    public FlagDefinition Read(Section[] variants)
    {
        var type = VariantValues.TypeOf(variants);
        foreach (var variant in variants)
            _known.TryAdd(variant["name"]!, (VariantValues.Of(variant, type), Setting.Choice(variant, "status_override", flag.Key, StatusOverride.None)));

        var allocation = flag.Get("allocation");
        IReadOnlyList<OutcomeStep> steps = allocation.Exists ? new AllocationReader(mapping, faults, On).Read(allocation) : [new() { Serve = NoneOn, Id = AssignmentReason.None }];
        var off = Off(allocation["default_when_disabled"]);
        return new()
        {
            Key = faults.Key,
            Type = type,
            Enabled = enabled,
            OffVariant = off,
            Rules = [new() { Id = "enabled", When = when, Serve = new StepsOutcome(steps) }],
            Default = off,
            Variants = _variants,
        };
    }

    // An unknown name serves no variant.
    private string On(string? name)
    {
        if (name is null || !_known.TryGetValue(name, out var variant))
            return NoneOn;
        return Add(name, name, variant.Value, variant.Override != StatusOverride.Disabled);
    }

    // A disabled flag stays off, whatever the variant's override.
    private string Off(string? name)
    {
        if (name is null || !_known.TryGetValue(name, out var variant))
            return NoneOff;
        var isOn = enabled && variant.Override == StatusOverride.Enabled;
        var before = _variants.Find(known => known.Name == name);
        return before is null || before.Enabled == isOn ? Add(name, name, variant.Value, isOn) : Add($"{name} {NoneOff}", name, variant.Value, isOn);
    }

    private string Add(string name, string label, VariantValue value, bool isOn)
    {
        if (!_variants.Exists(known => known.Name == name))
            _variants.Add(new() { Name = name, Value = value, Enabled = isOn, Label = label });
        return name;
    }
}
