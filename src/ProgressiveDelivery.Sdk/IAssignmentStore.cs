namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Remembers which variant an experiment gave a unit, for experiments declared sticky. It is asked during evaluation: an
/// implementation answers from memory, does not block, does not throw, and is safe to call from any thread.
/// </summary>
public interface IAssignmentStore
{
    /// <summary>Finds what is stored for a unit of an experiment.</summary>
    /// <param name="experiment">The experiment's key.</param>
    /// <param name="unit">The unit, in the text form in which it is hashed.</param>
    /// <param name="assignment">What is stored.</param>
    /// <returns>Whether anything is.</returns>
    bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment);

    /// <summary>Stores an assignment, replacing what was stored.</summary>
    void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment);
}
