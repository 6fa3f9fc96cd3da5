using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>Keeps assignments in a file, on a thread of its own. A disk that hangs holds up that thread and no caller.</summary>
/// <param name="path">The file.</param>
/// <param name="capacity">The number of assignments that it keeps.</param>
/// <param name="files">The disk.</param>
/// <param name="clock">Measures the wait for the lock.</param>
internal sealed class FileAssignmentStore(string path, int capacity, IFileSystem files, TimeProvider clock) : IAssignmentStore
{
    private const int MaxAttempts = 500;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    private readonly AssignmentFile _file = new(path, capacity, files);
    private readonly DiskThread _disk = new(clock);

    public async ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken) =>
        await RunAsync(() => FindAsync(keys, cancellationToken), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await RunAsync(() => _file.TryAssignAsync(proposals, cancellationToken), cancellationToken).ConfigureAwait(false) is { } winners)
                return winners;
            await Task.Delay(LockPause, clock, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException($"File '{path}.lock' is held by another process. Find the process that does not release it.");
    }

    // Work that nothing waits for any more is not begun.
    private Task<T> RunAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken) => _disk.RunAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return work();
    }).WaitAsync(cancellationToken);

    private async ValueTask<StoredAssignment?[]> FindAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken)
    {
        await _file.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(_file.Find)];
    }
}
