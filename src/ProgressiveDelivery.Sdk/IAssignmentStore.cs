namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Remembers which variant an experiment gave a unit, for experiments declared sticky. It is asked during evaluation: an
/// implementation answers from memory, does not block, does not throw, and is safe to call from any thread.
/// </summary>
public interface IAssignmentStore
{
    /// <summary>Finds what is stored for a unit of an experiment.</summary>
    /// <param name="experiment">The experiment's key; of one that keeps variants under several names (<see cref="Definitions.StickyServe"/>), with its version: <c>key__version</c>.</param>
    /// <param name="unit">The unit, in the text form in which it is hashed; there, after its name: <c>name||value</c>.</param>
    /// <param name="assignment">What is stored.</param>
    /// <returns>Whether anything is.</returns>
    bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment);

    /// <summary>Stores an assignment, replacing what was stored.</summary>
    void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment);
}
