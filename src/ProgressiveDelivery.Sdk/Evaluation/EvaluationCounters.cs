namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The counters that evaluations increment silently and the client's meter reads.</summary>
internal sealed class EvaluationCounters
{
    private long _unknownFlags;
    private long _missingUnits;

    public long UnknownFlags => Volatile.Read(ref _unknownFlags);

    public long MissingUnits => Volatile.Read(ref _missingUnits);

    public void UnknownFlag() => Interlocked.Increment(ref _unknownFlags);

    public void UnitMissing() => Interlocked.Increment(ref _missingUnits);
}
