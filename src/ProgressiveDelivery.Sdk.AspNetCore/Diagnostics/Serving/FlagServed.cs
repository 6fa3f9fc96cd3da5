namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

/// <summary>The answers of one flag in the last minute. Immutable.</summary>
internal sealed class FlagServed(IReadOnlyList<ServedDelta> counts)
{
    /// <summary>A flag that was not evaluated.</summary>
    public static FlagServed None { get; } = new([]);

    /// <summary>All answers.</summary>
    public long Total { get; } = counts.Sum(static count => count.Count);

    /// <summary>The answers by reason, the most frequent first.</summary>
    public IReadOnlyList<(EvaluationReason Reason, long Count)> ByReason =>
        [.. counts.GroupBy(static count => count.Reason).Select(static reason => (reason.Key, Count: reason.Sum(static count => count.Count))).OrderByDescending(static reason => reason.Count).ThenBy(static reason => reason.Key)];

    /// <summary>Returns the answers with a variant; null stands for the caller's fallback.</summary>
    public long Of(string? variant) => counts.Where(count => count.Variant == variant).Sum(static count => count.Count);
}
