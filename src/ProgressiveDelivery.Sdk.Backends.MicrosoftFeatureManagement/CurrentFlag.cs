using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>A flag of schema 2.</summary>
internal sealed class CurrentFlag(FeatureManagementContextMapping mapping, JsonElement flag, int index)
{
    private readonly string _path = $"$.feature_management.feature_flags[{index}]";

    /// <summary>The flag; null, with a diagnostic, where it has no id.</summary>
    public FlagDefinition? Read(List<SnapshotDiagnostic> diagnostics)
    {
        if (Member.Text(flag, "id") is not { Length: > 0 } key)
        {
            diagnostics.Add(new("PD1101", DiagnosticSeverity.Error, _path, "A feature flag has no 'id', and nobody can ask for it. Give it one."));
            return null;
        }

        try
        {
            return Read(key);
        }
        catch (FlagException fault)
        {
            return FlagReading.Broken(key, _path, fault.Message);
        }
    }

    private FlagDefinition Read(string key)
    {
        var conditions = Member.Find(flag, "conditions") ?? default;
        JsonElement[] filters = [.. Member.Items(conditions, "client_filters")];
        var when = new FilterReader(mapping, key).Read(filters, Member.Text(conditions, "requirement_type"));
        JsonElement[] variants = [.. Member.Items(flag, "variants")];
        var definition = variants.Length == 0
            ? FlagReading.Boolean(key, IsEnabled(key), when)
            : new VariantsReader(mapping, key, IsEnabled(key), when).Read(variants, Member.Find(flag, "allocation"));
        return definition with { Metadata = FlagNotes.Of(flag) };
    }

    private bool IsEnabled(string key)
    {
        if (Member.Find(flag, "enabled") is not { } enabled)
            return false;
        return Member.Boolean(enabled) ?? throw new FlagException(FlagReading.InvalidEnabled(key, enabled));
    }
}
