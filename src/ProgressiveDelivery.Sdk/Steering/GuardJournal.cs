using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Records the acts of guards and gates in the trail, the log and the meter. Used by one thread at a time; never throws.</summary>
internal sealed class GuardJournal(ControlTrail trail, FeatureMeter? meter)
{
    private bool _hasToldOfForgotten;
    private bool _hasToldOfNotKept;

    public void Tripped(GuardTrip trip, ControlRecord record, bool hasEffect)
    {
        trail.AddAutomatic(record, (logger, client) => logger.GuardTripped(client, trip.Guard, trip.Flag, trip.Variant, Sentence(trip.Evidence), ResponseOf(trip, hasEffect)));
        trail.Report((_, _) => meter?.Tripped(trip));
    }

    public void Restored(GuardTrip trip, ControlRecord record, bool hasEffect) =>
        trail.AddAutomatic(record, (logger, client) => logger.GuardRestored(client, trip.Guard, trip.Flag, trip.Variant, trip.Since, Sentence(trip.Evidence), ResponseOf(trip, hasEffect)));

    public void Restored(IReadOnlyList<RampPosition> ramps)
    {
        if (ramps.Count > 0)
            trail.Report((logger, client) => logger.RampsRestored(client, ramps.Count, ramps.Count(static position => position.IsPaused)));
    }

    public void Probed(GuardTrip trip, ControlRecord record) => trail.AddAutomatic(record, (logger, client) =>
    {
        if (trip.ProbePercent is { } percent)
            logger.ProbeBegun(client, trip.Guard, trip.Flag, percent, trip.Variant, Sentence(record.Reason));
        else
            logger.ProbeEnded(client, trip.Guard, trip.Flag, trip.Variant, Sentence(record.Reason));
    });

    public void Closed(GuardTrip trip, ControlRecord record) =>
        trail.AddAutomatic(record, (logger, client) => logger.GuardClosed(client, trip.Guard, trip.Flag, Sentence(record.Reason)));

    public void Moved(RampPosition position, ControlRecord record) => trail.AddAutomatic(record, (logger, client) =>
    {
        if (record.Kind == ControlActKind.StepReached)
            logger.StepReached(client, record.By, position.Flag, position.Reached, Sentence(position.Cause));
        else
            logger.RampPaused(client, record.By, position.Flag, position.Reached, Sentence(position.Cause));
    });

    public void Reset(CanaryState ended, ControlRecord record) => trail.Add(
        record,
        (logger, client) => logger.GuardsReset(client, ended.Trips.Count, ended.Ramps.Count, record.Flag!, DiagnosticCatalog.Quote(record.By), DiagnosticCatalog.Quote(record.Reason)));

    /// <summary>Reports that trips or positions were too many to remember.</summary>
    public void Forgotten()
    {
        if (!_hasToldOfForgotten)
            trail.Report((logger, client) => logger.CanaryForgotten(client, AttemptTable<GuardTrip>.MaxCount));
        _hasToldOfForgotten = true;
    }

    /// <summary>Reports that nothing is kept on disk, for want of a key.</summary>
    public void NotKept()
    {
        if (!_hasToldOfNotKept)
            trail.Report((logger, client) => logger.CanaryNotKept(client));
        _hasToldOfNotKept = true;
    }

    private static string ResponseOf(GuardTrip trip, bool hasEffect) => trip.Response switch
    {
        GuardResponse.Revert when !hasEffect => $"Variant {DiagnosticCatalog.Quote(trip.Served ?? "")} is not served in its place for now: an override outranks it, or the snapshot in force has another attempt, or no such variant.",
        GuardResponse.Revert => $"Every caller gets variant {DiagnosticCatalog.Quote(trip.Served ?? "")} in its place.",
        GuardResponse.Pause => "The rollouts of the flag do not go on.",
        _ => "It only warns: no answer changes.",
    };

    private static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
}
