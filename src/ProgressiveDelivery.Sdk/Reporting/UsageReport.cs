namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// What evaluations served in a span of time. Counted is every read and every <c>Evaluate…</c> of a flag that the snapshot has; not
/// prerequisites, explanations, the flags of a front end, nor reads of unknown flags.
/// </summary>
/// <param name="From">When counting began.</param>
/// <param name="To">When it ended.</param>
/// <param name="Flags">The flags that were asked, each once for each type and version that it had.</param>
public sealed record UsageReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<FlagUsage> Flags);
