namespace ProgressiveDelivery.Sdk.AspNetCore.Overrides;

/// <summary>The number of refusals that are logged in a minute, so that forged requests cannot flood the log. Safe to use from any thread.</summary>
/// <param name="clock">Measures the minute.</param>
internal sealed class RefusalAllowance(TimeProvider clock)
{
    public const int PerMinute = 10;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private long _begin = clock.GetTimestamp();
    private int _count;

    /// <summary>Takes one.</summary>
    /// <param name="omitted">The number that an earlier minute did not log.</param>
    /// <returns>False if this one is not logged.</returns>
    public bool TryTake(out int omitted)
    {
        omitted = 0;
        lock (_gate)
        {
            if (clock.GetElapsedTime(_begin) >= Period)
            {
                omitted = Math.Max(0, _count - PerMinute);
                (_begin, _count) = (clock.GetTimestamp(), 0);
            }

            if (_count < int.MaxValue)
                _count++;
            return _count <= PerMinute;
        }
    }
}
