using Microsoft.Extensions.Logging;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Calls a handler for every change of the rules.</summary>
internal sealed class RulesSubscription(Action<SnapshotChange> handler, ILogger logger, Action<ChangeSubscription> onDispose)
    : ChangeSubscription(logger, onDispose)
{
    protected override void Call(FeatureSnapshot? previous, FeatureSnapshot current) => handler(new(previous, current) { Cause = current.Cause });
}
