using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Exceptions of tasks that nobody ever looked at, since it was made.</summary>
internal sealed class UnobservedFaults : IDisposable
{
    // A collection of all that the process holds costs more than most scenarios.
    private const int ScenariosOfFullCollection = 16;
    private const int Young = 1;

    private static int _scenarios;

    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedFaults() => TaskScheduler.UnobservedTaskException += Remember;

    /// <summary>
    /// All of them: those of tasks that are still to be collected are made to show. A task that has outlived two collections shows a few scenarios
    /// later.
    /// </summary>
    public IReadOnlyCollection<Exception> Collect()
    {
        var isFull = Interlocked.Increment(ref _scenarios) % ScenariosOfFullCollection == 0;
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(isFull ? GC.MaxGeneration : Young);
            GC.WaitForPendingFinalizers();
        }

        return _seen;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Remember;

    private void Remember(object? sender, UnobservedTaskExceptionEventArgs fault) => _seen.Enqueue(fault.Exception);
}
