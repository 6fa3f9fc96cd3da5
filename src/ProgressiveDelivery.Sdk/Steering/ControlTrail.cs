using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The trail of acts of operators, guards and gates: each act is logged, and the last ones are remembered. Used by one thread at a time, except where a member says otherwise.</summary>
internal sealed class ControlTrail(ILogger logger, string client)
{
    private const int MaxRecords = 100;

    private readonly LinkedList<ControlRecord> _records = [];
    private readonly LinkedList<ControlRecord> _automatic = [];
    private readonly LinkedList<ControlRecord> _forced = [];

    /// <summary>The last acts of operators, those of guards and gates, and forced variants, newest first.</summary>
    public IReadOnlyList<ControlRecord> Records
    {
        get
        {
            lock (_forced)
                return [.. _records.Concat(_automatic).Concat(_forced).OrderByDescending(static record => record.At)];
        }
    }

    /// <summary>Adds an act on the snapshot in force.</summary>
    public void Add(ControlRecord record)
    {
        Remember(_records, record);
        Try(() => Log(record, DiagnosticCatalog.Quote(record.By), DiagnosticCatalog.Quote(record.Reason)));
    }

    /// <summary>Reports the adoption of a snapshot that waited. It is no act, and takes none's place.</summary>
    public void Adopted(Adoption adoption, TimeSpan waited) =>
        Try(() => logger.SnapshotAdopted(client, adoption.Version, adoption.Before, waited));

    /// <summary>Adds an act on the answer of one flag.</summary>
    public void Add(ControlRecord record, bool hasEffect)
    {
        Remember(_records, record);
        Try(() => Log(record, hasEffect, DiagnosticCatalog.Quote(record.By), DiagnosticCatalog.Quote(record.Reason)));
    }

    /// <summary>Adds an act of a guard or a gate. It takes no operator's place.</summary>
    public void AddAutomatic(ControlRecord record, Action<ILogger, string> log)
    {
        Remember(_automatic, record);
        Report(log);
    }

    /// <summary>Adds an operator's act on the guards of a flag.</summary>
    public void Add(ControlRecord record, Action<ILogger, string> log)
    {
        Remember(_records, record);
        Report(log);
    }

    /// <summary>Reports what is no act.</summary>
    public void Report(Action<ILogger, string> log) => Try(() => log(logger, client));

    /// <summary>Reports that a snapshot is held though it has expired.</summary>
    public void HeldExpired(ControlRecord record, DateTimeOffset expiry) =>
        Try(() => logger.HeldSnapshotExpired(client, record.ToVersion, DiagnosticCatalog.Quote(record.By), expiry));

    /// <summary>Adds the acceptance of a document whatever its version.</summary>
    public void AddAccepted(ControlRecord record, long accepted, long before, string ended)
    {
        Remember(_records, record);
        Try(() => logger.CurrentAccepted(client, accepted, before, DiagnosticCatalog.Quote(record.By), DiagnosticCatalog.Quote(record.Reason), ended));
    }

    /// <summary>Reports an order to accept a document.</summary>
    public void Ordered(AcceptanceOrder order) =>
        Try(() => logger.AcceptanceOrdered(client, DiagnosticCatalog.Quote(order.Act.By), DiagnosticCatalog.Quote(order.Act.Reason), order.Until));

    /// <summary>Reports that an earlier act has no effect on the rules in force now.</summary>
    public void WithoutEffect(FlagOverride put) =>
        Try(() => logger.OverrideWithoutEffect(client, put.Flag, put.Variant, ControlActKind.OverrideRestored, DiagnosticCatalog.Quote(put.By), DiagnosticCatalog.Quote(put.Reason)));

    /// <summary>Adds a variant that is forced for a test. It takes no act's place. Safe to call from any thread.</summary>
    public void AddForced(ForcedVariant forced, DateTimeOffset at)
    {
        lock (_forced)
        {
            Remember(_forced, new() { Kind = ControlActKind.ForceVariant, By = forced.By, Reason = "A context or a scope forces it for a test.", At = at, Flag = forced.Flag, ToVariant = forced.Variant });
        }

        Try(() => logger.VariantForced(client, DiagnosticCatalog.Quote(forced.Flag), DiagnosticCatalog.Quote(forced.Variant), DiagnosticCatalog.Quote(forced.By)));
    }

    private void Log(ControlRecord record, string by, string why)
    {
        switch (record.Kind)
        {
            case ControlActKind.HoldExpired:
                logger.HoldExpired(client, record.ToVersion, by, record.FromVersion, why);
                break;
            case ControlActKind.HoldRestored:
                logger.HoldRestored(client, record.ToVersion, by, why);
                break;
            case ControlActKind.Release or ControlActKind.StepForward when record.HeldVersion is null:
                logger.SnapshotFollowed(client, record.ToVersion, record.FromVersion, record.Kind, by, why);
                break;
            default:
                logger.SnapshotHeld(client, record.ToVersion, record.FromVersion, record.Kind, by, why, Until(record));
                break;
        }
    }

    private void Log(ControlRecord record, bool hasEffect, string by, string why)
    {
        if (record is { Kind: ControlActKind.OverrideRestored, ToVersion: 0, ToVariant: { } restored })
            logger.OverrideRestored(client, record.Flag!, restored, by, why, Until(record));
        else if (record.ToVariant is not { } variant)
            logger.OverrideEnded(client, record.Flag!, record.Kind, by, why);
        else if (hasEffect)
            logger.FlagOverridden(client, record.Flag!, variant, record.Kind, by, why, Until(record));
        else
            logger.OverrideWithoutEffect(client, record.Flag!, variant, record.Kind, by, why);
    }

    private static void Try(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // A log that throws undoes no act.
        }
    }

    private static void Remember(LinkedList<ControlRecord> records, ControlRecord record)
    {
        records.AddFirst(record);
        if (records.Count > MaxRecords)
            records.RemoveLast();
    }

    private static string Until(ControlRecord record) =>
        record.ExpiresAt is { } expiry ? FormattableString.Invariant($"until {expiry:u}") : "until it is ended by hand";
}
