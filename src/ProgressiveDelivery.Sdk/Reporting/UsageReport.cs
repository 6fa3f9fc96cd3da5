namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// The counts of answers in a span of time. Every read and every <c>Evaluate…</c> of a flag that the snapshot has is counted. Prerequisites,
/// explanations, the flags of a front end and reads of unknown flags are not.
/// </summary>
public sealed record UsageReport
{
    /// <summary>Sets the required members.</summary>
    /// <param name="from">The <see cref="From"/>.</param>
    /// <param name="to">The <see cref="To"/>.</param>
    /// <param name="flags">The <see cref="Flags"/>.</param>
    public UsageReport(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<FlagUsage> flags) =>
        (From, To, Flags) = (from, to, flags);

    /// <summary>The start of counting.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The end of counting.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>The flags that were evaluated, each once for each type and version that it had.</summary>
    public IReadOnlyList<FlagUsage> Flags { get; init; }
}
