namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The intervals of a method in one run.</summary>
internal struct RunOfMethod
{
    /// <summary>The number of the first look that left out no difference; 0 if there is none.</summary>
    public int DecidedAt { get; private set; }

    public bool IsFinallyDifferent { get; private set; }

    public bool WasWrong { get; private set; }

    public bool IsFinallyWrong { get; private set; }

    public void Look(int look, Interval? interval, double truth)
    {
        (IsFinallyDifferent, IsFinallyWrong) = (false, false);
        if (interval is not { } found)
            return;
        (IsFinallyDifferent, IsFinallyWrong) = (found.LeavesOut(0), found.LeavesOut(truth));
        WasWrong |= IsFinallyWrong;
        if (IsFinallyDifferent && DecidedAt == 0)
            DecidedAt = look;
    }
}
