namespace ProgressiveDelivery.Sdk;

/// <summary>Who steers, and why: goes with every act of <see cref="ISnapshotControl"/>, into the log, the status and the trail.</summary>
public sealed record ControlAct
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Says who and why.</summary>
    /// <param name="by">Who acts: a person, or a program that acts by itself.</param>
    /// <param name="reason">Why, for whoever finds it later: <c>INC-1234: checkout fails for Belgium</c>.</param>
    /// <exception cref="ArgumentException">One of them is null or blank.</exception>
    public ControlAct(string by, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        (By, Reason) = (by, reason);
    }

    /// <summary>Who acts.</summary>
    public string By { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }

    /// <summary>
    /// After how long the act undoes itself, by the clock on the wall, also across a restart; null, the default: never. More than
    /// nothing, and at most ten years. Of an act that ends something it says nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than ten years.</exception>
    public TimeSpan? ExpiresAfter
    {
        get;
        init
        {
            if (value is { } time)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(ExpiresAfter));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Longest, nameof(ExpiresAfter));
            }

            field = value;
        }
    }

    /// <summary>
    /// Whether the act holds again after a restart, before the source is read. False by default. It needs
    /// <c>KeepLastKnownGoodIn</c>; without, the act is not done. Of an act that ends something it says nothing.
    /// </summary>
    public bool SurvivesRestart { get; init; }
}
