namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The outcome of a write to one side.</summary>
/// <param name="Side">The side.</param>
/// <param name="Kind">The kind of the outcome.</param>
/// <param name="Latency">The time that it took; zero if the side was not written.</param>
/// <param name="Exception">The fault; null unless the write failed. A <see cref="TimeoutException"/> if the side did not answer in time.</param>
public readonly record struct MigrationOutcome(MigrationSide Side, MigrationOutcomeKind Kind, TimeSpan Latency, Exception? Exception);
