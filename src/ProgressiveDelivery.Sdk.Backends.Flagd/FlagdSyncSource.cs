using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ProgressiveDelivery.Sdk.Backends.Flagd.Wire;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>
/// Follows a server's stream of configurations. Each message is a whole one; a stream that ended, or whose server is gone, costs one read,
/// and the client's pauses, which grow, are those between connections.
/// </summary>
internal sealed class FlagdSyncSource(FlagdSourceOptions options, ISnapshotFormat format, TimeProvider time) : ISnapshotSource, IDisposable
{
    private readonly SyncFaults _faults = new(options.Address!.GetLeftPart(UriPartial.Authority));
    private SyncConnection? _connection;
    private byte[]? _known;
    private (SnapshotReading Reading, byte[] Hash)? _offered;

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

    public void Acknowledge(SnapshotReading reading)
    {
        if (_offered is { } offered && ReferenceEquals(offered.Reading, reading))
            _known = offered.Hash;
        _offered = null;
    }

    /// <summary>Completes at once: reading waits.</summary>
    public ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Hangs up. A read that is under way ends with an exception.</summary>
    public void Dispose() => HangUp();

    // A configuration, or that the last one is still current; null: nothing to tell yet.
    private async Task<SnapshotReading?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ??= new(options, time.GetTimestamp());
        if (!await HasNextAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (!connection.HasBegun)
                throw _faults.Silent(options.Deadline);
            if (time.GetElapsedTime(connection.StartedAt) >= options.StreamDeadline)
                HangUp();
            // What was sent last and not applied is not in force, and nobody confirms it.
            return _offered is null && _known is not null ? SnapshotReading.Current : null;
        }

        if (!await connection.Next.ConfigureAwait(false))
            throw _faults.Ended();
        var message = connection.Take();
        return Read(SyncContext.Join(message.FlagConfiguration, await ContextAsync(connection, message, cancellationToken).ConfigureAwait(false)));
    }

    private SnapshotReading Read(byte[] document)
    {
        var hash = SHA256.HashData(document);
        _offered = null;
        if (_known is not null && hash.AsSpan().SequenceEqual(_known))
            return SnapshotReading.Current;
        var reading = SnapshotReading.OfDocument(document);
        _offered = (reading, hash);
        return reading;
    }

    private async ValueTask<Struct?> ContextAsync(SyncConnection connection, SyncFlagsResponse message, CancellationToken cancellationToken)
    {
        if (!options.UseSyncContext)
            return null;
        return message.SyncContext ?? await connection.ReadContextAsync(time, cancellationToken).ConfigureAwait(false);
    }

    // False: nothing came for as long as a connection that still lives may be silent.
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
