namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Keeps the variants that sticky experiments gave to units, for all processes that use it. The first assignment of a unit stays: it is written by compare-and-set. It
/// is never called during an evaluation. A unit of work reads it once (<see cref="IFeatureScope.LoadAssignmentsAsync"/>), and new assignments are written in the
/// background.
/// </summary>
/// <remarks>
/// An implementation is safe to use from any thread. It may be slow, block or throw: each call runs on the pool with a time limit, and after a failure the client pauses.
/// Units are then assigned by hashing. A call that is given up may still take effect. It is repeated, and then finds its own assignment.
/// </remarks>
public interface IAssignmentStore
{
    /// <summary>Reads assignments.</summary>
    /// <param name="keys">The experiments and units, each pair once; not empty.</param>
    /// <param name="cancellationToken">Canceled when nothing waits for the answer any more.</param>
    /// <returns>For each key, in order, its assignment; null if there is none.</returns>
    ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Stores each proposed assignment if its key has none, or still has the assignment that the proposal replaces. Otherwise the stored assignment stays.
    /// Each proposal is one atomic step; all of them together need not be.
    /// </summary>
    /// <param name="proposals">The proposals, in order; not empty. A key may occur twice.</param>
    /// <param name="cancellationToken">Canceled when the time limit has passed, or the client ends.</param>
    /// <returns>For each proposal, in order, the assignment that is stored after it: its own, or that of another process.</returns>
    ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken);
}
