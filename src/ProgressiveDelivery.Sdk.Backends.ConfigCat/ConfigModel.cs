using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>What settings refer to: each other, segments, and the salt of hashed values. Local overrides are in it.</summary>
internal sealed class ConfigModel
{
    private readonly List<JsonElement> _segments;
    private readonly Dictionary<string, SettingVariants> _variants = new(StringComparer.Ordinal);

    public ConfigModel(JsonElement root, ConfigCatOverrides? overrides)
    {
        Salt = root.TryGetProperty("p", out var preferences) ? Json.Text(preferences, "s") ?? "" : "";
        _segments = [.. Json.Items(root, "s")];
        var remote = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var (key, setting) in Json.Members(root, "f"))
            remote[key] = Setting.Remote(setting);
        Settings = overrides is null ? remote : overrides.Over(remote);
    }

    public string Salt { get; }

    public IReadOnlyDictionary<string, Setting> Settings { get; }

    /// <summary>The variants of a setting that is there.</summary>
    public SettingVariants VariantsOf(string key)
    {
        if (!_variants.TryGetValue(key, out var variants))
            _variants[key] = variants = SettingVariants.Of(Settings[key]);
        return variants;
    }

    public JsonElement? Segment(int index) => index >= 0 && index < _segments.Count ? _segments[index] : null;
}
