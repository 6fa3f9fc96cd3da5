namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Serving;

/// <summary>The answers that were served in the last minute, by flag. Summed when first read. Immutable; safe to use from any thread.</summary>
/// <param name="span">The time that it covers.</param>
/// <param name="samples">The answers, as they were sampled.</param>
internal sealed class ServedMinute(TimeSpan span, IReadOnlyList<ServedDelta[]> samples)
{
    private readonly Lazy<Dictionary<string, FlagServed>> _flags = new(() => Sum(samples));

    /// <summary>The time that it covers: a minute, or less after the start; zero before the first sample.</summary>
    public TimeSpan Span => span;

    /// <summary>The span in words: <c>last minute</c>.</summary>
    public string Title => span switch
    {
        { Ticks: 0 } => "counting has begun",
        { TotalSeconds: >= 55 and < 75 } => "last minute",
        _ => "last " + Parts.Times.Duration(TimeSpan.FromSeconds(Math.Round(span.TotalSeconds))),
    };

    /// <summary>Returns what a flag served.</summary>
    public FlagServed Of(string flag) => _flags.Value.GetValueOrDefault(flag, FlagServed.None);

    private static Dictionary<string, FlagServed> Sum(IReadOnlyList<ServedDelta[]> samples) =>
        samples.SelectMany(static sample => sample).GroupBy(static delta => delta.Flag, StringComparer.Ordinal).ToDictionary(static flag => flag.Key, static flag => new FlagServed(Merge(flag)), StringComparer.Ordinal);

    private static ServedDelta[] Merge(IEnumerable<ServedDelta> deltas) =>
        [.. deltas.GroupBy(static delta => (delta.Flag, delta.Variant, delta.Reason)).Select(static same => new ServedDelta(same.Key.Flag, same.Key.Variant, same.Key.Reason, same.Sum(static delta => delta.Count)))];
}
