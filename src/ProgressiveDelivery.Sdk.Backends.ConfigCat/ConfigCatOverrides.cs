using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Local values for some flags, for development and tests.</summary>
/// <param name="Behavior">The precedence of local and remote values.</param>
/// <param name="Values">The values by key. A number takes the type of the remote flag that it replaces.</param>
public sealed record ConfigCatOverrides(ConfigCatOverrideBehavior Behavior, IReadOnlyDictionary<string, VariantValue> Values)
{
    /// <summary>Indicates whether the values come from configuration, which has only texts. A value for a text setting is then a text.</summary>
    internal bool AreTexts { get; init; }

    internal IReadOnlyDictionary<string, Setting> Over(Dictionary<string, Setting> remote)
    {
        var settings = Behavior == ConfigCatOverrideBehavior.LocalOnly ? new(StringComparer.Ordinal) : remote;
        foreach (var (key, value) in Values)
        {
            if (Behavior != ConfigCatOverrideBehavior.RemoteOverLocal || !remote.ContainsKey(key))
                settings[key] = LocalOf(value, remote.GetValueOrDefault(key));
        }

        return settings;
    }

    private Setting LocalOf(VariantValue value, Setting? replaced) => (value.Type, replaced?.Type) switch
    {
        (FlagType.Boolean or FlagType.Integer or FlagType.Number, FlagType.String) when AreTexts => Setting.OfLocal(FlagType.String, value.ToString()),
        (FlagType.Integer or FlagType.Number, (FlagType.Integer or FlagType.Number) and { } type) => Setting.OfLocal(type, value),
        ({ } type, _) => Setting.OfLocal(type, value),
        _ => new Setting(null, default, default),
    };
}

/// <summary>The precedence of local and remote values of a flag.</summary>
public enum ConfigCatOverrideBehavior
{
    /// <summary>Only local values exist.</summary>
    LocalOnly,

    /// <summary>The local value replaces the remote one.</summary>
    LocalOverRemote,

    /// <summary>The remote value replaces the local one.</summary>
    RemoteOverLocal,
}
