using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What was done by hand: each act is logged, and the last ones are remembered. Used by one thread at a time.</summary>
internal sealed class ControlTrail(ILogger logger, string client)
{
    private const int Longest = 100;

    private readonly LinkedList<ControlRecord> _records = [];

    /// <summary>The last acts, newest first.</summary>
    public IReadOnlyList<ControlRecord> Records => [.. _records];

    /// <summary>Takes an act down that concerns which snapshot is in force.</summary>
    public void Add(ControlRecord record)
    {
        Remember(record);
        Try(() => Log(record, Diagnostics.Quote(record.By), Diagnostics.Quote(record.Reason)));
    }

    /// <summary>Takes an act down that concerns the answer of one flag.</summary>
    public void Add(ControlRecord record, bool hasEffect)
    {
        Remember(record);
        Try(() => Log(record, hasEffect, Diagnostics.Quote(record.By), Diagnostics.Quote(record.Reason)));
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
        if (record.ToVariant is not { } variant)
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

    private void Remember(ControlRecord record)
    {
        _records.AddFirst(record);
        if (_records.Count > Longest)
            _records.RemoveLast();
    }

    private static string Until(ControlRecord record) =>
        record.ExpiresAt is { } expiry ? FormattableString.Invariant($"until {expiry:u}") : "until it is ended by hand";
}
