using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Exceptions of tasks that nobody ever looked at, since it was made.</summary>
internal sealed class UnobservedFaults : IDisposable
{
    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedFaults() => TaskScheduler.UnobservedTaskException += Remember;

    /// <summary>All of them: those of tasks that are still to be collected are made to show.</summary>
    public IReadOnlyCollection<Exception> Collect()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return _seen;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Remember;

    private void Remember(object? sender, UnobservedTaskExceptionEventArgs fault) => _seen.Enqueue(fault.Exception);
}
