using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A flag of the older schema: <c>true</c>, <c>false</c>, or <c>{ "EnabledFor": […], "RequirementType": … }</c>.</summary>
internal sealed class OlderFlag(FeatureManagementContextMapping mapping, string key, JsonElement flag)
{
    private readonly string _path = $"$.FeatureManagement['{key}']";

    public FlagDefinition Read()
    {
        if (Member.Boolean(flag) is { } enabled)
            return FlagReading.Boolean(key, enabled, when: null);
        if (flag.ValueKind != JsonValueKind.Object)
            return FlagReading.Broken(key, _path, FlagReading.InvalidEnabled(key, flag));

        JsonElement[] filters = [.. Member.Items(flag, "EnabledFor")];
        if (filters.Length == 0)
            return FlagReading.Boolean(key, enabled: false, when: null);
        try
        {
            return FlagReading.Boolean(key, enabled: true, new FilterReader(mapping, key).Read(filters, Member.Text(flag, "RequirementType")));
        }
        catch (FlagException fault)
        {
            return FlagReading.Broken(key, _path, fault.Message);
        }
    }
}
