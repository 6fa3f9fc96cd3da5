using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Local values for some flags, for development and tests.</summary>
/// <param name="Behaviour">Which of two values counts.</param>
/// <param name="Values">The values by key. A number takes the type of the remote flag that it replaces.</param>
public sealed record ConfigCatOverrides(ConfigCatOverrideBehaviour Behaviour, IReadOnlyDictionary<string, VariantValue> Values)
{
    internal IReadOnlyDictionary<string, Setting> Over(Dictionary<string, Setting> remote)
    {
        var settings = Behaviour == ConfigCatOverrideBehaviour.LocalOnly ? new(StringComparer.Ordinal) : remote;
        foreach (var (key, value) in Values)
        {
            if (Behaviour != ConfigCatOverrideBehaviour.RemoteOverLocal || !remote.ContainsKey(key))
                settings[key] = LocalOf(value, remote.GetValueOrDefault(key));
        }

        return settings;
    }

    private static Setting LocalOf(VariantValue value, Setting? replaced) => (value.Type, replaced?.Type) switch
    {
        (FlagType.Integer or FlagType.Number, (FlagType.Integer or FlagType.Number) and { } type) => Setting.OfLocal(type, value),
        ({ } type, _) => Setting.OfLocal(type, value),
        _ => new Setting(null, default, default),
    };
}

/// <summary>Which of two values of a flag counts: the local one or the remote one.</summary>
public enum ConfigCatOverrideBehaviour
{
    /// <summary>There are only local values.</summary>
    LocalOnly,

    /// <summary>The local one.</summary>
    LocalOverRemote,

    /// <summary>The remote one.</summary>
    RemoteOverLocal,
}
