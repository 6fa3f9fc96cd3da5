using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Carries out orders to accept the source's current document whatever its version. Called by the loop alone.</summary>
internal sealed class AcceptanceActs(AcceptanceOrders orders, SnapshotSteering steering, KillOrders kills, ControlTrail trail, TimeProvider clock)
{
    /// <summary>Cancelled once there is an order that is new to the loop: its wait must end.</summary>
    public CancellationToken Call => orders.Call;

    /// <summary>Requests the whole from a source if there is an order: it must send its document from the beginning.</summary>
    public void Begin(ListedSource source)
    {
        if (orders.Hear() is not { } order || order.Source == source)
            return;
        order.Source = source;
        source.StartOver();
    }

    /// <summary>Returns the order that applies to a source's readings; null if there is none.</summary>
    public AcceptanceOrder? For(ListedSource source) => orders.Pending is { } order && order.Source == source ? order : null;

    /// <summary>Returns the record of an order before its document comes into force.</summary>
    public ControlRecord RecordOf(AcceptanceOrder order, long accepted)
    {
        var state = steering.State;
        return new()
        {
            Kind = ControlActKind.AcceptCurrent,
            By = order.Act.By,
            Reason = order.Act.Reason,
            At = clock.GetUtcNow(),
            FromVersion = state.Version,
            ToVersion = state.Hold is null ? accepted : state.Version,
            HeldVersion = state.Hold?.Version,
        };
    }

    /// <summary>Ends an order whose document was accepted.</summary>
    public void Accepted(AcceptanceOrder order, ControlRecord record, FeatureSnapshot next, FeatureSnapshot before)
    {
        var ended = EndKills(next.Version, record);
        Note(record, next.Version, before.Version, ended);
        var where = record.HeldVersion is { } held ? Invariant($"waits, since version {held} is held") : "is in force";
        orders.End(order, new(ControlResult.Done, Invariant($"Version {next.Version} of the source is accepted (newest before: {before.Version}), and {where}.{ended}")));
    }

    /// <summary>Ends an order whose document was accepted before, which leaves kills that no version of its own would end.</summary>
    public void Unchanged(AcceptanceOrder order, FeatureSnapshot newest)
    {
        var record = RecordOf(order, newest.Version);
        var ended = EndKills(newest.Version, record);
        if (ended.Length > 0)
            Note(record, newest.Version, newest.Version, ended);
        orders.End(order, new(
            ended.Length > 0 ? ControlResult.Done : ControlResult.NothingToAccept,
            Invariant($"The source has version {newest.Version}, which is accepted already.{ended}")));
    }

    /// <summary>Ends an order whose document was rejected for another reason than its version.</summary>
    public void Refused(AcceptanceOrder order, SnapshotDiagnostic reason) =>
        orders.End(order, new(ControlResult.NotAccepted, $"The source's document is rejected, although any version is accepted: {reason}"));

    private string EndKills(long version, ControlRecord record)
    {
        var ended = kills.EndFarBeyond(version, record);
        return ended.Count == 0 ? "" : $" Kills with a version far beyond it have ended: of {string.Join(", ", ended.Select(kill => DiagnosticCatalog.Quote(kill.Flag)).Order(StringComparer.Ordinal).Take(10))}{(ended.Count > 10 ? Invariant($" and {ended.Count - 10} more") : "")}.";
    }

    private void Note(ControlRecord record, long accepted, long before, string ended)
    {
        lock (steering.Turn)
            trail.AddAccepted(record, accepted, before, ended);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
