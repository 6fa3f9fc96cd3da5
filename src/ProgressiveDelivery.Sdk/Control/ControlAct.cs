namespace ProgressiveDelivery.Sdk.Control;

/// <summary>The author and reason of an act of <see cref="ISnapshotControl"/>, recorded in the log, the status and the trail.</summary>
public sealed record ControlAct
{
    private static readonly TimeSpan MaxExpiry = TimeSpan.FromDays(3650);

    /// <summary>Creates an act from its author and reason.</summary>
    /// <param name="by">The author: a person, or a program that acts by itself.</param>
    /// <param name="reason">The reason, for later readers: <c>INC-1234: checkout fails for Belgium</c>.</param>
    /// <exception cref="ArgumentException">One of them is null or blank.</exception>
    public ControlAct(string by, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        (By, Reason) = (by, reason);
    }

    /// <summary>The author of the act: a person or a program.</summary>
    public string By { get; }

    /// <summary>The reason for the act.</summary>
    public string Reason { get; }

    /// <summary>
    /// The time after which the act undoes itself, by the system clock, also across a restart; null, the default, for never. Above
    /// zero, and at most ten years. Ignored for an act that ends something.
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
                ArgumentOutOfRangeException.ThrowIfGreaterThan(time, MaxExpiry, nameof(ExpiresAfter));
            }

            field = value;
        }
    }

    /// <summary>
    /// Indicates whether the act holds again after a restart, before the source is read. False by default. It needs
    /// <c>KeepLastKnownGoodIn</c>; without it, the act is not done. Ignored for an act that ends something.
    /// </summary>
    public bool SurvivesRestart { get; init; }

    /// <summary>
    /// The revision of the state that the operator saw (<see cref="SnapshotControlState.Revision"/>). If the state has another one when the act comes to its turn, nothing is done
    /// (<see cref="ControlResult.Outdated"/>). Null, the default, acts on the state as it is.
    /// </summary>
    public long? IfRevision { get; init; }
}
