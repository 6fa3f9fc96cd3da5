namespace ProgressiveDelivery.Sdk;

/// <summary>
/// One frozen ruleset, for a unit of work: however many updates arrive meanwhile, every answer comes from the same version.
/// Immutable and safe to share between threads. Dependency injection offers one per scope (per request in ASP.NET Core).
/// </summary>
public interface IFeatureSnapshot : IFeatureEvaluator
{
    /// <summary>The snapshot's version; 0 when nothing had been loaded.</summary>
    long Version { get; }

    /// <summary>The origin of the rules.</summary>
    SnapshotOrigin Origin { get; }

    /// <summary>
    /// The flags, in the order of the document, with their rules in words. Described on the first access, and then shared: it costs time and memory as the
    /// flags' number, and is meant for pages and tools. Evaluates nothing.
    /// </summary>
    IReadOnlyList<FlagInfo> Flags { get; }

    /// <summary>
    /// Indicates whether these rules have expired, or the source has not confirmed them within a declared <c>MaxStaleness</c>. They
    /// still answer. Read from the clock on each access.
    /// </summary>
    bool IsStale { get; }

    /// <summary>Indicates whether an operator holds this version in force, by <c>ISnapshotControl</c>: newer rules may be waiting.</summary>
    bool IsHeld { get; }
}
