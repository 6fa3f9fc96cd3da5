using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>The settings, the segments and the salt of hashed values, which settings refer to. It includes local overrides.</summary>
internal sealed class ConfigModel
{
    private readonly List<JsonElement> _segments;
    private readonly Dictionary<string, SettingVariants> _variants = new(StringComparer.Ordinal);

    /// <param name="root">The document.</param>
    /// <param name="overrides">Local values; null for none.</param>
    /// <param name="diagnostics">Receives the faults of the document as a whole.</param>
    public ConfigModel(JsonElement root, ConfigCatOverrides? overrides, ICollection<SnapshotDiagnostic> diagnostics)
    {
        Salt = BackendJson.Find(BackendJson.Find(root, "p") ?? default, "s") is { } salt ? (BackendJson.TryReadText(salt, out var text) ? text : null) : "";
        _segments = [.. Json.ItemsOrNone(root, "s")];
        var remote = BackendJson.Members(BackendJson.Find(root, "f") ?? default, "f", diagnostics).ToDictionary(setting => setting.Key, setting => Setting.Remote(setting.Value), StringComparer.Ordinal);
        Settings = overrides is null ? remote : overrides.Over(remote);
    }

    /// <summary>The salt of hashed values; null if the document's is not a text. Then no hash can be compared.</summary>
    public string? Salt { get; }

    public IReadOnlyDictionary<string, Setting> Settings { get; }

    /// <summary>Returns the variants of an existing setting. Throws if they cannot be read.</summary>
    public SettingVariants VariantsOf(string key)
    {
        if (!_variants.TryGetValue(key, out var variants))
            _variants[key] = variants = SettingVariants.Of(Settings[key]);
        return variants;
    }

    /// <summary>Returns the variants of an existing setting, or null if they cannot be read.</summary>
    public SettingVariants? FindVariantsOf(string key)
    {
        try
        {
            return VariantsOf(key);
        }
        catch (Exception)
        {
            // The setting's own diagnostic gives the reason.
            return null;
        }
    }

    public JsonElement? Segment(long index) => index >= 0 && index < _segments.Count ? _segments[(int)index] : null;
}
