namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The allowance of warnings of one kind in an hour: further ones are logged at debug level.</summary>
internal sealed class WarningAllowance(int most, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly Queue<long> _taken = new(most);

    /// <summary>Takes one, if there is one left.</summary>
    public bool TryTake()
    {
        while (_taken.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Period)
            _taken.Dequeue();
        if (_taken.Count == most)
            return false;
        _taken.Enqueue(clock.GetTimestamp());
        return true;
    }
}
