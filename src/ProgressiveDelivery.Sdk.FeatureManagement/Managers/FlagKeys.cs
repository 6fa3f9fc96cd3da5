using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.FeatureManagement.Managers;

/// <summary>Finds flags by Microsoft's names, which do not depend on case; a flag spelled exactly so comes first. Safe to use from any thread.</summary>
internal sealed class FlagKeys
{
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<string, FeatureFlag<bool>> _known = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<IFeatureSnapshot, Spellings> _spellings = [];
    private volatile bool _hasAliases;

    /// <summary>Returns the flag of a name, be there such a flag or not.</summary>
    public FeatureFlag<bool> Of(string feature, IFeatureSnapshot rules)
    {
        if (_hasAliases && _spellings.TryGetValue(rules, out var spellings) && spellings.Aliases.TryGetValue(feature, out var alias))
            return alias;
        return _known.TryGetValue(feature, out var flag) ? flag : new(feature, fallback: false);
    }

    /// <summary>Keeps a flag that there is, so that its further evaluations are faster.</summary>
    public void Keep(FeatureFlag<bool> flag)
    {
        if (!_known.ContainsKey(flag.Key) && _known.Count < MaxKept)
            _known.TryAdd(flag.Key, flag);
    }

    /// <summary>Returns the flag of a name in another case; null if there is none.</summary>
    public FeatureFlag<bool>? InOtherCase(string feature, IFeatureSnapshot rules)
    {
        var spellings = _spellings.GetValue(rules, static rules => new(rules));
        if (!spellings.Keys.TryGetValue(feature, out var key) || string.Equals(key, feature, StringComparison.Ordinal))
            return null;
        var alias = spellings.Aliases.GetOrAdd(feature, static (_, key) => new(key, fallback: false), key);
        _hasAliases = true;
        return alias;
    }

    private sealed class Spellings
    {
        public Spellings(IFeatureSnapshot rules)
        {
            foreach (var flag in rules.Flags)
                Keys.TryAdd(flag.Key, flag.Key);
        }

        public Dictionary<string, string> Keys { get; } = new(StringComparer.OrdinalIgnoreCase);

        // At most the spellings that code has of flags that there are; gone with the snapshot.
        public ConcurrentDictionary<string, FeatureFlag<bool>> Aliases { get; } = new(StringComparer.Ordinal);
    }
}
