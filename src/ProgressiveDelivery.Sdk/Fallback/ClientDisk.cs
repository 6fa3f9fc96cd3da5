using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Fallback;

/// <summary>
/// The disk work of a client on the folder of its files: one thing at a time, and never on the loop or on a caller's thread.
/// </summary>
/// <param name="path">The folder that the files are in.</param>
/// <param name="thread">The thread that does the work.</param>
/// <param name="clock">Spreads the attempts at a disk that fails.</param>
internal sealed class ClientDisk(string path, DiskThread thread, TimeProvider clock)
{
    private readonly List<DiskSlot> _slots = [];

    public string Path => path;

    /// <summary>The time since which the disk has not answered; null while it answers.</summary>
    public DateTimeOffset? StalledSince => thread.StalledSince;

    /// <summary>Indicates whether all queued work has been tried.</summary>
    public bool IsIdle => thread.Idle.IsCompleted;

    /// <summary>Adds a slot for a file that is kept. Called while the client is put together.</summary>
    public DiskSlot Add(Func<ValueTask<string?>> write)
    {
        var slot = new DiskSlot(thread, write, clock);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>Queues work that is not repeated: a read at the start, a sweep.</summary>
    public Task RunAsync(Func<ValueTask> work) => thread.RunAsync(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <inheritdoc cref="DiskThread.IsDoneInTimeAsync"/>
    public Task<bool> IsDoneInTimeAsync(Task work) => thread.IsDoneInTimeAsync(work);

    /// <summary>Retries the writes that failed before.</summary>
    public void Retry()
    {
        foreach (var slot in _slots)
            slot.Retry();
    }

    /// <summary>Writes everything that is not written yet; completes when this was tried, or the disk does not answer.</summary>
    public Task FlushInTimeAsync() => thread.IsDoneInTimeAsync(FlushAsync());

    /// <summary>Writes everything that is not written yet; completes when this was tried, however long that takes.</summary>
    public async Task FlushAsync()
    {
        // A pending write may fail: its content is tried once more.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            foreach (var slot in _slots)
                _ = slot.FlushAsync();
            await thread.Idle.ConfigureAwait(false);
        }
    }
}
