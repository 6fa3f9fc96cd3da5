using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Reads the flags of both schemas, each on its own: a broken flag does not affect the others.</summary>
internal sealed class FlagList(FeatureManagementContextMapping mapping)
{
    public const string OlderSchema = "FeatureManagement";
    public const string CurrentSchema = "feature_management";

    // Microsoft ignores case in look-ups: of ids that differ only in case, the last one counts for all.
    private readonly Dictionary<string, FlagDefinition> _flags = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly List<SnapshotDiagnostic> _diagnostics = [];

    public void AddOlder(Section flags)
    {
        // Reports names that are duplicate, or not a text.
        BackendJson.Members(flags.Element, OlderSchema, _diagnostics);
        foreach (var flag in flags.Children())
            Add(flag, () => flag.Key, key => new OlderFlag(mapping, flag, key, _diagnostics).Read());
    }

    public void AddCurrent(Section flags)
    {
        foreach (var flag in flags.Children())
            Add(flag, () => flag["id"], key => new CurrentFlag(mapping, flag, key, _diagnostics).Read());
    }

    public SnapshotReadResult Result() => new(
        new() { Version = 0, Flags = [.. _keys.Select(key => _flags[key] with { Key = key })] },
        [.. _diagnostics, .. _flags.Values.Select(flag => flag.Defect).OfType<SnapshotDiagnostic>()]);

    private void Add(Section flag, Func<string?> keyOf, Func<string, FlagDefinition> read)
    {
        if (ReadKey(flag, keyOf) is not { } key)
            return;
        _keys.Add(key);
        _flags[key] = BackendDocument.ReadFlag(CurrentSchema, key, () => Read(flag, key, read));
    }

    private string? ReadKey(Section flag, Func<string?> keyOf)
    {
        try
        {
            if (keyOf() is { Length: > 0 } key)
                return key;
            _diagnostics.Add(new("PD1101", DiagnosticSeverity.Error, flag.JsonPath, "A feature flag has no 'id', so it cannot be evaluated. Give it one."));
        }
        catch (InvalidOperationException)
        {
            _diagnostics.Add(new("PD1101", DiagnosticSeverity.Error, flag.JsonPath, "A feature flag has an 'id' that is no text: it holds half a surrogate pair. Correct it."));
        }

        return null;
    }

    private FlagDefinition Read(Section flag, string key, Func<string, FlagDefinition> read)
    {
        var before = _diagnostics.Count;
        try
        {
            CheckTexts(flag.Element);
            return read(key);
        }
        catch (FlagException fault)
        {
            _diagnostics.RemoveRange(before, _diagnostics.Count - before);
            return FlagReading.Broken(key, flag, fault.Message);
        }
        catch (InvalidOperationException)
        {
            _diagnostics.RemoveRange(before, _diagnostics.Count - before);
            return FlagReading.Broken(key, flag, $"Feature '{key}' holds a text that is none: half a surrogate pair. Correct it.");
        }
    }

    // JSON can spell half a surrogate pair, and only reading the text finds it.
    private static void CheckTexts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            value.GetString();
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
            CheckTexts(item);
        foreach (var member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            _ = member.Name;
            CheckTexts(member.Value);
        }
    }
}
