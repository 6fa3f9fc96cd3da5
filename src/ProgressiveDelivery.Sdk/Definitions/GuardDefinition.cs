using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>
/// A guard of a flag: it looks at each outcome of one variant, and acts as soon as the share of bad ones is proven to be above a limit, or above that of another variant.
/// A limit holds in each process by itself.
/// </summary>
public sealed record GuardDefinition
{
    /// <summary>The guard's id; unique in its flag.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of outcome that is bad.</summary>
    public required GuardKind Kind { get; init; }

    /// <summary>The variant that is watched.</summary>
    public required string Variant { get; init; }

    /// <summary>The variant that it is compared with; null for a comparison with <see cref="Limit"/>.</summary>
    public string? Against { get; init; }

    /// <summary>The allowed share of bad outcomes, above 0 and below 1; null for a comparison with <see cref="Against"/>.</summary>
    public double? Limit { get; init; }

    /// <summary>The share by which the variant may exceed the other's (times <see cref="Ratio"/>): 0 up to, but not including, 1. Default 0.</summary>
    public double Margin { get; init; }

    /// <summary>The multiple of the other variant's share that is allowed; above 0. Default 1.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>For <see cref="GuardKind.Slower"/>: the time above which an outcome is bad.</summary>
    public TimeSpan? Than { get; init; }

    /// <summary>For <see cref="GuardKind.Metric"/>: the metric's name.</summary>
    public string? Metric { get; init; }

    /// <summary>For <see cref="GuardKind.Metric"/>: a value above it is bad. Exactly one of this and <see cref="Below"/>.</summary>
    public double? Above { get; init; }

    /// <summary>For <see cref="GuardKind.Metric"/>: a value below it is bad.</summary>
    public double? Below { get; init; }

    /// <summary>The promise on false trips. Default <see cref="GuardMode.Standing"/>.</summary>
    public GuardMode Mode { get; init; }

    /// <summary>
    /// The chance of a false trip that all guards of the flag share, above 0 and below 1: within <see cref="Within"/> outcomes, or ever, as <see cref="Mode"/> says. Of G guards
    /// each gets its part divided by G. Default 0.01.
    /// </summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>For <see cref="GuardMode.Standing"/>: the number of outcomes (of blocks, against a variant) that <see cref="Alpha"/> holds for. Default 1,000,000.</summary>
    public long Within { get; init; } = 1_000_000;

    /// <summary>The number of bad outcomes of the variant before which nothing trips. It only delays a trip. Default 0.</summary>
    public long MinimumBad { get; init; }

    /// <summary>The number of outcomes of the variant before which nothing trips, and the result is inconclusive. Default 0.</summary>
    public long MinimumOutcomes { get; init; }

    /// <summary>The time in which further outcomes of one unit do not count, so that one broken client is no proof; null, the default, if all count.</summary>
    public TimeSpan? OncePer { get; init; }

    /// <summary>The response to a bad variant. Default <see cref="GuardResponse.Warn"/>.</summary>
    public GuardResponse Then { get; init; } = GuardResponse.Warn;

    /// <summary>The variant that is served after a trip, for <see cref="GuardResponse.Revert"/>.</summary>
    public string? RevertTo { get; init; }

    /// <summary>A gate's reaction while the result is inconclusive. Default <see cref="GuardPolicy.Hold"/>.</summary>
    public GuardPolicy Inconclusive { get; init; }

    /// <summary>A gate's reaction while there are no outcomes. Default <see cref="GuardPolicy.Hold"/>.</summary>
    public GuardPolicy NoData { get; init; }

    /// <summary>Indicates whether a trip only shows, and changes nothing: the way to introduce a guard. Default false.</summary>
    public bool DryRun { get; init; }

    /// <summary>The way to try the variant again after it was reverted; null, the default, if only a snapshot or an operator brings it back.</summary>
    public ProbeDefinition? Probe { get; init; }

    /// <summary>The fault, set by a reader that could not read the guard. Such a guard never runs, and gates that need it stay closed.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}

/// <summary>The kind of outcome that a guard counts as bad.</summary>
public enum GuardKind
{
    /// <summary>The call failed.</summary>
    Error = 0,

    /// <summary>The call took longer than <see cref="GuardDefinition.Than"/>.</summary>
    Slower,

    /// <summary>The metric's value was beyond a limit.</summary>
    Metric,
}

/// <summary>The promise of a guard on false trips.</summary>
public enum GuardMode
{
    /// <summary>A false trip within the first <see cref="GuardDefinition.Within"/> outcomes has at most the chance given. It does not grow deaf after many good outcomes.</summary>
    Standing = 0,

    /// <summary>A false trip ever has at most the chance given. It begins anew at each step of a ramp, and with each changed version of the flag.</summary>
    Lifetime,
}

/// <summary>The reaction of a step's gate to a guard that is neither fine nor bad.</summary>
public enum GuardPolicy
{
    /// <summary>The step waits.</summary>
    Hold = 0,

    /// <summary>The step does not wait for this guard.</summary>
    Pass,

    /// <summary>The rollout steps back at once.</summary>
    StepBack,
}

/// <summary>The way to try a reverted variant again: after a wait, a small share gets it, until it is proven good or bad.</summary>
public sealed record ProbeDefinition
{
    /// <summary>The share of units that get the variant, in percent: above 0, at most 100, with at most four decimals. Default 1.</summary>
    public decimal Percent { get; init; } = 1;

    /// <summary>The wait before the first probe; it doubles with each one that fails. Default five minutes.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait. Default one hour.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The number of outcomes after which a probe ends without proof. Default 10,000.</summary>
    public long MaxOutcomes { get; init; } = 10_000;

    /// <summary>Indicates whether a probe that ends without proof closes the guard, which is then reported as "no evidence against". Default false: the variant stays reverted.</summary>
    public bool CloseWithoutProof { get; init; }
}

/// <summary>The gate of a rollout's step: the step is reached when its time has come and the gate opens.</summary>
public sealed record GateDefinition
{
    /// <summary>The ids of the flag's guards that must be fine; null for all of them. Guards in a dry run are left out.</summary>
    public IReadOnlyList<string>? Guards { get; init => field = EquatableList.Of(value); }

    /// <summary>The number of outcomes of the guarded variant, since the present step began, that each guard must have seen. Default 0.</summary>
    public long Outcomes { get; init; }

    /// <summary>The shortest time at the step before. Default zero.</summary>
    public TimeSpan MinimumTime { get; init; }

    /// <summary>The time at the step before after which the rollout steps back, and stays there; null, the default, if it waits for ever.</summary>
    public TimeSpan? StepBackAfter { get; init; }

    /// <summary>The fault, set by a reader that could not read the gate. Such a gate never opens by itself.</summary>
    public SnapshotDiagnostic? Defect { get; init; }
}
