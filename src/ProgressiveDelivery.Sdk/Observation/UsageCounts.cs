namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The counts of flags' answers. The number of different answers is limited: a backend that is away for days while flags come and
/// go must not fill the memory. Not safe to use from several threads.
/// </summary>
internal sealed class UsageCounts
{
    public const int MaxAnswers = 100_000;

    private readonly Dictionary<UsageKey, long> _counts = [];

    /// <summary>The number of answers for which there was no room.</summary>
    public long Lost { get; private set; }

    public bool IsEmpty => _counts.Count == 0;

    public IEnumerable<KeyValuePair<UsageKey, long>> All => _counts;

    public void Add(UsageKey key, long count)
    {
        if (_counts.TryGetValue(key, out var known))
            _counts[key] = known + count;
        else if (_counts.Count < MaxAnswers)
            _counts.Add(key, count);
        else
            Lost += count;
    }

    /// <summary>Adds the counts without their reasons.</summary>
    public void AddWithoutReasons(UsageCounts others)
    {
        foreach (var (key, count) in others._counts)
            Add(key with { Reason = default }, count);
        Lost += others.Lost;
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
