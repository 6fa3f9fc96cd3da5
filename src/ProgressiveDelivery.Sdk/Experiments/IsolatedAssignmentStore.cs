using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>Keeps what a store of the user's throws away from evaluations: a unit it cannot tell is assigned by hashing, as if nothing were stored.</summary>
internal sealed class IsolatedAssignmentStore(IAssignmentStore inner, ILogger logger) : IAssignmentStore
{
    private int _failed;

    public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
    {
        try
        {
            return inner.TryGet(experiment, unit, out assignment);
        }
        catch (Exception failure)
        {
            Report(failure);
            assignment = default;
            return false;
        }
    }

    public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
    {
        try
        {
            inner.Store(experiment, unit, assignment);
        }
        catch (Exception failure)
        {
            Report(failure);
        }
    }

    private void Report(Exception failure)
    {
        if (Interlocked.Exchange(ref _failed, 1) == 0)
            logger.AssignmentStoreFailed(failure);
    }
}
