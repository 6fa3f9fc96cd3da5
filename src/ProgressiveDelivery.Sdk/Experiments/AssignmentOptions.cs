namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The limits on the assignments of sticky experiments, in memory and on their way to a store.</summary>
public sealed class AssignmentOptions
{
    /// <summary>
    /// The number of assignments held in memory, and in the file of <c>StoreAssignmentsInFile</c>; 1,000,000 by default, 1,000 to 16,777,216. Each costs about 150 bytes. When
    /// full, the oldest makes room. Without a store, its unit is then assigned afresh. With a store, it keeps its variant. A unit of more than 1,024 characters is neither
    /// remembered nor stored: it is assigned afresh each time.
    /// </summary>
    public int Remembered { get; set; } = 1_000_000;

    /// <summary>
    /// The time for which <see cref="IFeatureScope.LoadAssignmentsAsync"/> waits for the store; 100 milliseconds by default, 1 millisecond to 30 seconds. A later answer is
    /// remembered for later evaluations.
    /// </summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The time limit of one write of at most 100 assignments, in the background; 10 seconds by default, 10 milliseconds to 5 minutes.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The number of new assignments that wait for the store at most; 10,000 by default, 100 to 1,000,000. Further ones are counted as dropped, held in memory, and offered
    /// again when their unit is next evaluated.
    /// </summary>
    public int Queued { get; set; } = 10_000;
}
