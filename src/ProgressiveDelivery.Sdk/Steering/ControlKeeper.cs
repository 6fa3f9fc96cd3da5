using System.IO.Hashing;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Keeps on disk the acts that are to survive a restart, and the trips of guards and positions of rollouts. A held snapshot is kept with all its definitions: neither the
/// backend nor another file may have it any more. A disk that fails costs a warning, and the survival.
/// </summary>
internal sealed class ControlKeeper
{
    private readonly object _gate = new();
    private readonly LastKnownGoodFile _file;
    private readonly ClientDisk _disk;
    private readonly SnapshotAcceptance _acceptance;
    private readonly SnapshotSteering _steering;
    private readonly SnapshotLimits _limits;
    private readonly ControlSeal _seal;
    private readonly ILogger _logger;
    private readonly string _client;
    private readonly TimeProvider _clock;
    private readonly DiskSlot _slot;
    private Task? _restoring;
    private UInt128? _written;
    private volatile UnkeptHold? _unkept;
    private bool _isFailing;

    public ControlKeeper(
        LastKnownGoodFile file, ClientDisk disk, SnapshotAcceptance acceptance, SnapshotSteering steering, SnapshotLimits limits, ControlSeal seal, ILogger logger, string client, TimeProvider clock)
    {
        (_file, _disk, _acceptance, _steering) = (file, disk, acceptance, steering);
        (_limits, _seal, _logger, _client, _clock) = (limits, seal, logger, client, clock);
        _slot = disk.Add(KeepSafelyAsync);
    }

    /// <summary>Gives the acts that survived the last restart to the first caller; completes when that is done, or the disk does not answer. Never fails.</summary>
    public Task RestoreOnceAsync(Action<RestoredControl> restore)
    {
        lock (_gate)
            _restoring ??= _disk.RunAsync(() => RestoreAsync(restore));
        return _disk.IsDoneInTimeAsync(_restoring);
    }

    /// <summary>The acts that are to survive a restart.</summary>
    public SurvivingActs Surviving()
    {
        lock (_steering.Turn)
        {
            return new(
                _steering.Hold is { SurvivesRestart: true } hold ? hold : null,
                [.. _steering.State.Overrides.Where(put => put.SurvivesRestart).Select(put => put with { HasEffect = false })],
                _seal.CanBeBelieved ? new(_steering.Canary.Trips, _steering.Canary.Ramps) : CanaryState.None);
        }
    }

    /// <summary>Marks the surviving acts as changed: they are written before the client ends, even if writing them now fails.</summary>
    public void Mark() => _slot.Mark();

    /// <summary>Queues a write of the surviving acts, and returns at once. The acts of the last run are read first, unless they were.</summary>
    public void Post(Action<RestoredControl> restore)
    {
        lock (_gate)
            _restoring ??= _disk.RunAsync(() => RestoreAsync(restore));
        _ = _slot.Post();
    }

    /// <summary>Writes the surviving acts, unless the file has them already.</summary>
    /// <returns>The fault of the disk; null if there is none.</returns>
    public async Task<string?> KeepAsync()
    {
        var writing = _slot.Post();
        return await _disk.IsDoneInTimeAsync(writing).ConfigureAwait(false)
            ? await writing.ConfigureAwait(false)
            : FormattableString.Invariant($"the disk under '{_file.Path}' has not answered since {_disk.StalledSince ?? _clock.GetUtcNow():u}. It is written when the disk answers.");
    }

    /// <summary>Returns the fault for which the snapshot of a hold is not on disk, though the other acts are; null if there is none.</summary>
    public string? FaultOf(SnapshotHold hold) => _unkept is { } unkept && unkept.Hold == hold ? unkept.Fault : null;

    private async ValueTask<string?> KeepSafelyAsync()
    {
        var fault = await TryKeepAsync().ConfigureAwait(false);
        if (fault is not null && !_isFailing)
            Warn(fault);
        else if (fault is null && _isFailing)
            _logger.ControlFileRecovered(_client, _file.Path);
        _isFailing = fault is not null;
        return fault;
    }

    private async ValueTask<string?> TryKeepAsync()
    {
        try
        {
            return await WriteAsync(Current()).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return $"Last-known-good file '{_file.Path}' cannot be written: {failure.Message}";
        }
    }

    private async ValueTask<string?> WriteAsync(KeptControl kept)
    {
        var document = ControlJson.Write(kept);
        var fingerprint = XxHash128.HashToUInt128(document.Span);
        if (fingerprint == _written || (_written is null && kept.IsEmpty))
            return null;
        if (ControlJson.Read(document) is null)
            return $"File '{_file.Path}' is not written: its content could not be read back. Act without SurvivesRestart.";
        var writing = await _file.WriteAsync(kept.Hold?.Version ?? 0, _seal.Put(document), CancellationToken.None).ConfigureAwait(false);
        if (writing.IsDone)
            _written = fingerprint;
        return writing.Fault;
    }

    private async ValueTask RestoreAsync(Action<RestoredControl> restore)
    {
        try
        {
            var reading = await _file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (reading.Outcome == FallbackOutcome.Found && _seal.FaultOf(reading.Texts[0]) is { } fault)
                _logger.ControlFileNotBelieved(_client, _file.Path, fault);
            else if (reading.Outcome == FallbackOutcome.Found)
                Restore(reading.Document, restore);
            else if (reading.Outcome != FallbackOutcome.Missing)
                Warn(reading.Message);
        }
        catch (Exception failure)
        {
            Warn($"The acts of operators before the restart are not restored: {failure.Message}");
        }
    }

    private void Restore(ReadOnlyMemory<byte> document, Action<RestoredControl> restore)
    {
        _written = XxHash128.HashToUInt128(document.Span);
        if (ControlJson.Read(document) is not { } kept)
        {
            Warn($"File '{_file.Path}' has no readable acts of operators. It is ignored; the next act with SurvivesRestart replaces it.");
            return;
        }

        var now = _clock.GetUtcNow();
        var hold = kept.Hold?.ExpiresAt <= now ? null : kept.Hold;
        restore(new(hold, hold is null ? null : Judge(hold, kept.Held), [.. kept.Overrides.Where(put => !(put.ExpiresAt <= now))], kept.Canary, _file.Path) { IsOvertaken = kept.IsOvertaken });
    }

    private FeatureSnapshot? Judge(SnapshotHold hold, ReadOnlyMemory<byte> held)
    {
        var result = _acceptance.JudgeSealed(SnapshotReading.OfDocument(held), new NativeSnapshotFormat(_limits), _steering.First);
        if (result.Snapshot is null)
            Warn($"Version {hold.Version}, which {DiagnosticCatalog.Quote(hold.By)} held before the restart, is not held again: {result.Diagnostics[^1]}");
        return result.Snapshot;
    }

    private void Warn(string fault) => _logger.ControlFileFault(_client, fault);

    private KeptControl Current()
    {
        SurvivingActs acts;
        SnapshotDefinition? definition;
        bool isOvertaken;
        lock (_steering.Turn)
            (acts, definition, isOvertaken) = (Surviving(), _steering.InForce?.Snapshot.Definition, _steering.IsHeldOvertaken);

        var (hold, overrides, canary) = acts;
        return hold is not null && definition is not null && Held(hold, definition) is { } document
            ? new(hold, document, overrides, canary) { IsOvertaken = isOvertaken }
            : new(null, default, overrides, canary);
    }

    // A snapshot that cannot be kept will not be later: it costs its own hold and no other act.
    private ReadOnlyMemory<byte>? Held(SnapshotHold hold, SnapshotDefinition definition)
    {
        if (FaultOf(hold) is not null)
            return null;
        var document = KeptSnapshot.Write(definition, _limits, out var fault);
        if (fault is null)
            return document;
        _unkept = new(hold, FormattableString.Invariant($"Version {hold.Version} is not kept on disk. {fault}"));
        Warn(_unkept.Fault);
        return null;
    }

    private sealed record UnkeptHold(SnapshotHold Hold, string Fault);
}
