namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What is counted: a flag's answer.</summary>
internal readonly record struct UsageKey(string Flag, FlagType Type, long? Version, string? Variant, string? Value, bool? IsEnabled);

/// <summary>
/// How often flags served what. It holds so many different answers and no more: a backend that is away for days while flags come and
/// go must not fill the memory. Not safe to use from several threads.
/// </summary>
internal sealed class UsageCounts
{
    private const int MostAnswers = 100_000;

    private readonly Dictionary<UsageKey, long> _counts = [];

    public bool IsEmpty => _counts.Count == 0;

    public IEnumerable<KeyValuePair<UsageKey, long>> All => _counts;

    public void Add(UsageKey key, long count)
    {
        if (_counts.TryGetValue(key, out var known))
            _counts[key] = known + count;
        else if (_counts.Count < MostAnswers)
            _counts.Add(key, count);
    }

    public void Add(UsageCounts others)
    {
        foreach (var (key, count) in others._counts)
            Add(key, count);
    }

    public void Clear() => _counts.Clear();
}
