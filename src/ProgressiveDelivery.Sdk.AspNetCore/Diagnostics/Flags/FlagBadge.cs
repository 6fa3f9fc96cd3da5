using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>A state of a flag in words.</summary>
/// <param name="Rank">Its place in the order, the worst first.</param>
/// <param name="Tone">Its look.</param>
/// <param name="Text">The words.</param>
internal readonly record struct FlagBadge(FlagBadgeRank Rank, Tone Tone, string Text);

/// <summary>The states of a flag, the worst first.</summary>
internal enum FlagBadgeRank
{
    GuardTripped = 0,
    Killed,
    Overridden,
    Quarantined,
    GuardWarns,
    SplitWrong,
    Expired,
    RampPaused,
    Probing,

    /// <summary>The states from here on need no attention.</summary>
    Calm,
    DryRunBad = Calm,
    GuardUndecided,
    GuardNoData,
    GuardsFine,
    SplitSound,
    DryRun,
    Off,

    /// <summary>A flag without any state.</summary>
    None,
}
