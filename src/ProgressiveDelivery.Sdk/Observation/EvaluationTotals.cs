namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The evaluations since the client was made, by flag, variant and reason, for a meter. The number of different ones is limited: flags that come and go for
/// months must not fill the memory. Not safe to use from several threads.
/// </summary>
internal sealed class EvaluationTotals
{
    public const int MaxSeries = 50_000;

    /// <summary>Stands for all flags for which there was no room.</summary>
    public const string Others = "(others)";

    private readonly Dictionary<(string Flag, string? Variant, EvaluationReason Reason), long> _totals = [];

    public void Add(UsageCounts counts)
    {
        foreach (var (key, count) in counts.All)
        {
            var series = (key.Flag, key.Variant, key.Reason);
            Add(_totals.ContainsKey(series) || _totals.Count < MaxSeries ? series : (Others, null, key.Reason), count);
        }

        if (counts.Lost > 0)
            Add((Others, null, default), counts.Lost);
    }

    public (string Flag, string? Variant, EvaluationReason Reason, long Count)[] ToArray() =>
        [.. _totals.Select(total => (total.Key.Flag, total.Key.Variant, total.Key.Reason, total.Value))];

    private void Add((string Flag, string? Variant, EvaluationReason Reason) series, long count) =>
        _totals[series] = _totals.GetValueOrDefault(series) + count;
}
