using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A flag of the older schema: <c>true</c>, <c>false</c>, or <c>{ "EnabledFor": […], "RequirementType": … }</c>.</summary>
internal sealed class OlderFlag(FeatureManagementContextMapping mapping, Section flag, string key, List<SnapshotDiagnostic> diagnostics)
{
    public const string EnabledFor = "EnabledFor";
    public const string Requirement = "RequirementType";

    /// <exception cref="FlagException">A setting of the flag cannot be read.</exception>
    public FlagDefinition Read()
    {
        var value = flag.Value is { Length: > 0 } own ? own : flag[EnabledFor];
        if (bool.TryParse(value, out var enabled) && enabled)
            return FlagReading.Boolean(key, enabled: true, when: null);
        var requirement = Setting.Choice(flag, Requirement, key, RequirementType.Any);
        var filters = flag.Get(EnabledFor);
        return filters.HasChildren
            ? FlagReading.Boolean(key, enabled: true, new FilterReader(mapping, new(key, diagnostics)).Read(filters, "Name", "Parameters", requirement))
            : FlagReading.Boolean(key, enabled: false, when: null);
    }
}
