using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The client-visible flags of a snapshot. Made once for each snapshot, and kept as long as that. Immutable.</summary>
internal sealed class VisibleFlags
{
    private static readonly ConditionalWeakTable<IReadOnlyList<FlagInfo>, VisibleFlags> Known = [];

    private readonly FrozenDictionary<string, FlagInfo> _byKey;

    private VisibleFlags(IReadOnlyList<FlagInfo> flags)
    {
        InOrder = [.. flags.Where(static flag => flag.IsClientVisible)];
        _byKey = InOrder.ToFrozenDictionary(static flag => flag.Key, StringComparer.Ordinal);
    }

    /// <summary>The flags, in the order of the snapshot.</summary>
    public FlagInfo[] InOrder { get; }

    /// <summary>Returns the flags of a snapshot.</summary>
    public static VisibleFlags Of(IFeatureSnapshot snapshot) => Known.GetValue(snapshot.Flags, static flags => new(flags));

    /// <summary>Returns a flag; null if there is none of that key, or a caller may not see it.</summary>
    public FlagInfo? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Returns whether the flags have the same keys as others.</summary>
    public bool HasSameKeys(VisibleFlags other) => InOrder.Length == other.InOrder.Length && InOrder.All(flag => other.Find(flag.Key) is not null);
}
