using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A flag of schema 2.</summary>
internal sealed class CurrentFlag(FeatureManagementContextMapping mapping, Section flag, string key, List<SnapshotDiagnostic> diagnostics)
{
    private readonly FlagFaults _faults = new(key, diagnostics);

    /// <exception cref="FlagException">A setting of the flag cannot be read.</exception>
    public FlagDefinition Read()
    {
        var enabled = Setting.Boolean(flag, "enabled", key, fallback: false);
        var when = enabled ? Condition() : null;
        Setting.Boolean(flag.Get("telemetry"), "enabled", key, fallback: false);
        Section[] variants = [.. flag.Get("variants").Items().Where(variant => variant["name"] is { Length: > 0 })];
        var definition = variants.Length == 0
            ? FlagReading.Boolean(key, enabled, when)
            : new VariantsReader(mapping, flag, _faults, enabled, when).Read(variants);
        return definition with { Metadata = FlagNotes.Of(flag, variants.Length > 0) };
    }

    private ConditionDefinition? Condition()
    {
        var conditions = flag.Get("conditions");
        var requirement = Setting.Choice(conditions, "requirement_type", key, RequirementType.Any);
        var filters = conditions.Get("client_filters");
        if (filters.HasChildren)
            return new FilterReader(mapping, _faults).Read(filters, "name", "parameters", requirement);
        return Enum.IsDefined(requirement) ? null : new AnyCondition([]);
    }
}
