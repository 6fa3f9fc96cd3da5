namespace ProgressiveDelivery.Sdk.Sources.Failover;

/// <summary>The next turn of the loop.</summary>
/// <param name="Step">The step.</param>
/// <param name="Source">The source that it concerns.</param>
/// <param name="Longest">The limit on the step's time; null for none.</param>
internal readonly record struct SourceTurn(SourceStep Step, ListedSource Source, TimeSpan? Longest = null);

/// <summary>A step of reading a list of sources.</summary>
internal enum SourceStep
{
    /// <summary>Read the source in use.</summary>
    Read,

    /// <summary>Try a preferred source, once.</summary>
    Try,

    /// <summary>Wait until the source in use changes.</summary>
    Watch,

    /// <summary>Do nothing.</summary>
    Pause,
}
