namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>Watches how much more memory is in use than at first, garbage included.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private long _highest;

    public MemoryPeak()
    {
        _thread = new(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the watch; tells the most bytes seen above those at first.</summary>
    public long Stop()
    {
        Dispose();
        return _highest;
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_isStopping)
        {
            _highest = Math.Max(_highest, GC.GetTotalMemory(forceFullCollection: false) - _before);
            Thread.Sleep(TimeSpan.FromMilliseconds(1));     // samples, and leaves the processor to what is watched
        }
    }
}
