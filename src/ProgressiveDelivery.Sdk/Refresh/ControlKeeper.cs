using System.Buffers;
using System.IO.Hashing;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Keeps on disk what operators want to survive a restart, a held snapshot with all its definitions: neither the backend nor another
/// file may have it any more. A disk that fails costs a warning, and the survival.
/// </summary>
internal sealed class ControlKeeper(
    LastKnownGoodFile file,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    SnapshotLimits limits,
    ILogger logger,
    string client,
    TimeProvider clock)
{
    private readonly object _gate = new();
    private Task<string?> _lastWriting = Task.FromResult<string?>(null);
    private Task? _restoring;
    private UInt128? _written;

    /// <summary>Gives what survived the last restart to whoever comes first. Never fails.</summary>
    public Task RestoreOnceAsync(Action<RestoredControl> restore)
    {
        lock (_gate)
            return _restoring ??= Task.Run(() => RestoreAsync(restore));
    }

    /// <summary>Writes what is to survive, unless the file has it already.</summary>
    /// <returns>What is wrong with the disk; null when nothing is.</returns>
    public Task<string?> KeepAsync()
    {
        lock (_gate)
            return _lastWriting = KeepAsync(_lastWriting);
    }

    // It yields, or it would look at what holds with the gate in its hand.
    private async Task<string?> KeepAsync(Task previous)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var fault = await WriteAsync(Current()).ConfigureAwait(false);
        if (fault is not null)
            Warn(fault);
        return fault;
    }

    private async Task<string?> WriteAsync(KeptControl kept)
    {
        var document = ControlJson.Write(kept);
        var fingerprint = XxHash128.HashToUInt128(document.Span);
        if (fingerprint == _written || (_written is null && kept.IsEmpty))
            return null;
        var writing = await file.WriteAsync(kept.Hold?.Version ?? 0, document, CancellationToken.None).ConfigureAwait(false);
        if (writing.IsDone)
            _written = fingerprint;
        return writing.Fault;
    }

    private async Task RestoreAsync(Action<RestoredControl> restore)
    {
        try
        {
            var reading = await file.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (reading.Outcome == FallbackOutcome.Found)
                Restore(reading.Document, restore);
            else if (reading.Outcome != FallbackOutcome.Missing)
                Warn(reading.Message);
        }
        catch (Exception fault)
        {
            Warn($"What operators held and overrode before the restart is not restored: {fault.Message}");
        }
    }

    private void Restore(ReadOnlyMemory<byte> document, Action<RestoredControl> restore)
    {
        _written = XxHash128.HashToUInt128(document.Span);
        if (ControlJson.Read(document) is not { } kept)
        {
            Warn($"File '{file.Path}' does not hold what operators did before the restart. It is ignored, and replaced by the next act that is to survive one.");
            return;
        }

        var now = clock.GetUtcNow();
        var hold = kept.Hold?.ExpiresAt <= now ? null : kept.Hold;
        restore(new(hold, hold is null ? null : Judge(hold, kept.Held), [.. kept.Overrides.Where(put => !(put.ExpiresAt <= now))], file.Path));
    }

    private FeatureSnapshot? Judge(SnapshotHold hold, ReadOnlyMemory<byte> held)
    {
        var result = acceptance.Judge(SnapshotReading.OfDocument(held), new NativeSnapshotFormat(limits), SnapshotOrigin.LastKnownGood, steering.Newest);
        if (result.Snapshot is null)
            Warn($"Version {hold.Version}, which {Diagnostics.Quote(hold.By)} held before the restart, is not held again: {result.Diagnostics[^1]}");
        return result.Snapshot;
    }

    private void Warn(string fault) => logger.ControlFileFault(client, fault);

    private KeptControl Current() => steering.Exclusively(() =>
    {
        var hold = steering is { Hold: { SurvivesRestart: true } kept, InForce.Snapshot.Definition: not null } ? kept : null;
        return new KeptControl(
            hold,
            hold is null ? default : Write(steering.InForce!.Snapshot.Definition!),
            [.. steering.State.Overrides.Where(put => put.SurvivesRestart)]);
    });

    private static ReadOnlyMemory<byte> Write(SnapshotDefinition definition)
    {
        var document = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(document, new() { MaxDepth = int.MaxValue }))
            SnapshotJson.Write(definition, writer);
        return document.WrittenMemory;
    }
}
