using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>An event, and the version of the rules that a reader has after it.</summary>
internal readonly record struct RingEvent(SnapshotFeedEvent Event, long RulesVersion);
