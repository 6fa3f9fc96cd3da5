using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>The state of a guard at one moment.</summary>
/// <param name="Trip">The trip that holds, or the last one of a dry run; null for none.</param>
/// <param name="IsBad">True while the variant counts as bad.</param>
/// <param name="Since">The time since which outcomes are counted.</param>
/// <param name="Reading">The evidence: of the probe while there is one.</param>
/// <param name="ProbeLimit">The limit of the probe; null without one.</param>
internal readonly record struct GuardState(GuardTrip? Trip, bool IsBad, DateTimeOffset Since, GuardReading Reading, double? ProbeLimit);
