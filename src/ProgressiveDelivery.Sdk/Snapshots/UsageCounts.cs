namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>What is counted: a flag's answer.</summary>
internal readonly record struct UsageKey(string Flag, FlagType Type, long? Version, string? Variant, string? Value, bool? IsEnabled);

/// <summary>
/// How often flags served what. It holds so many different answers and no more: a backend that is away for days while flags come and
/// go must not fill the memory. Not safe to use from several threads.
/// </summary>
internal sealed class UsageCounts
{
    public const int MostAnswers = 100_000;

    private readonly Dictionary<UsageKey, long> _counts = [];

    /// <summary>How often flags served what there was no room for.</summary>
    public long Lost { get; private set; }

    public bool IsEmpty => _counts.Count == 0;

    public IEnumerable<KeyValuePair<UsageKey, long>> All => _counts;

    public void Add(UsageKey key, long count)
    {
        if (_counts.TryGetValue(key, out var known))
            _counts[key] = known + count;
        else if (_counts.Count < MostAnswers)
            _counts.Add(key, count);
        else
            Lost += count;
    }

    public void Add(UsageCounts others)
    {
        foreach (var (key, count) in others._counts)
            Add(key, count);
        Lost += others.Lost;
    }

    public void Clear()
    {
        _counts.Clear();
        Lost = 0;
    }
}
