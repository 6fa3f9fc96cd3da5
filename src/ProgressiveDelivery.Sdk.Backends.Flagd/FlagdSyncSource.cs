using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ProgressiveDelivery.Sdk.Backends.Flagd.Wire;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>
/// Follows a server's stream of configurations. Each message is a whole configuration. The end of a stream, or of its server, fails one read.
/// The client's growing pauses apply between connections.
/// </summary>
internal sealed class FlagdSyncSource(FlagdSourceOptions options, ISnapshotFormat format, SnapshotLimits limits, TimeProvider time) : IStreamingSource, IDisposable
{
    private readonly SyncFaults _faults = new(options.Address!.GetLeftPart(UriPartial.Authority));
    private SyncConnection? _connection;
    private SnapshotReading? _offered;
    private bool _isApplied;

    public string Name { get; } = options.Address!.GetLeftPart(UriPartial.Authority);

    public ISnapshotFormat Format => format;

    public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await NextAsync(cancellationToken).ConfigureAwait(false) is { } reading)
                    return reading;
            }
        }
        catch (Exception e)
        {
            HangUp();
            cancellationToken.ThrowIfCancellationRequested();
            throw e is SnapshotSourceException ? e : e is RpcException refusal ? _faults.Of(refusal) : _faults.Of(e);
        }
    }

    public void Acknowledge(SnapshotReading reading) => _isApplied |= ReferenceEquals(_offered, reading);

    /// <summary>Completes at once, because reading waits.</summary>
    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Closes the connection. A pending read ends with an exception.</summary>
    public void Dispose() => HangUp();

    // A configuration, or a confirmation of the last one; null if there is nothing to report yet.
    private async Task<SnapshotReading?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ??= new(options, limits.MaxBytes, time.GetTimestamp());
        if (!await HasNextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (!connection.HasBegun)
                throw _faults.Silent(options.Deadline);
            if (time.GetElapsedTime(connection.StartedAt) >= options.StreamDeadline)
                HangUp();
            // The last configuration sent is not in force if it was not applied, and so is not confirmed.
            return _isApplied ? SnapshotReading.Current : null;
        }

        if (!await connection.Next.ConfigureAwait(false))
            throw _faults.Ended();
        var message = connection.Take();
        var context = await ContextAsync(connection, message, cancellationToken).ConfigureAwait(false);
        // Also for one that is the same as before: another source may have been in use after a lost connection.
        _isApplied = false;
        return _offered = SnapshotReading.OfDocument(SyncContext.Join(message.FlagConfiguration, context));
    }

    private async ValueTask<Struct?> ContextAsync(SyncConnection connection, SyncFlagsResponse message, CancellationToken cancellationToken)
    {
        if (!options.UseSyncContext)
            return null;
        return message.SyncContext ?? await connection.ReadContextAsync(time, cancellationToken).ConfigureAwait(false);
    }

    // False if nothing came within the longest silence of a live connection.
    private async Task<bool> HasNextAsync(SyncConnection connection, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var patience = connection.HasBegun ? 2 * options.KeepAliveInterval : options.Deadline;
        var first = await Task.WhenAny(connection.Next, Task.Delay(patience, time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == connection.Next;
    }

    private void HangUp() => Interlocked.Exchange(ref _connection, null)?.Dispose();
}
