namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A thread whose synchronization context runs nothing while the thread itself is busy or blocked, as that of a user interface.</summary>
internal static class BlockedCaller
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs something there; says whether it came to an end, and how much was sent to the context meanwhile.</summary>
    public static (bool IsDone, int Posted) Run(Action action)
    {
        var context = new UnpumpedContext();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            action();
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return (thread.Join(Patience), context.Posted);
    }

    private sealed class UnpumpedContext : SynchronizationContext
    {
        private int _posted;

        public int Posted => Volatile.Read(ref _posted);

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posted);

        public override void Send(SendOrPostCallback d, object? state) => throw new InvalidOperationException("The thread is blocked: this would be a deadlock.");
    }
}
