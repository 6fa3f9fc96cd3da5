namespace ProgressiveDelivery.Sdk;

/// <summary>
/// A key-value store with compare-and-set, such as Redis, a table with a unique key, or a store with ETags: the least that shared assignments need. Use it with
/// <c>StoreAssignmentsInCache</c>. The remarks of <see cref="IAssignmentStore"/> hold for it.
/// </summary>
public interface IAssignmentCache
{
    /// <summary>Reads values.</summary>
    /// <param name="keys">The keys, each once; not empty.</param>
    /// <param name="cancellationToken">Canceled when nothing waits for the answer any more.</param>
    /// <returns>For each key, in order, its value; null if there is none.</returns>
    ValueTask<IReadOnlyList<string?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Sets a value in one atomic step, if the key has the expected value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expected">The value that the key must have now; null if it must have none.</param>
    /// <param name="value">The new value.</param>
    /// <param name="cancellationToken">Canceled when the time limit has passed, or the client ends.</param>
    /// <returns>True if the value was set.</returns>
    ValueTask<bool> TrySetAsync(string key, string? expected, string value, CancellationToken cancellationToken);
}
