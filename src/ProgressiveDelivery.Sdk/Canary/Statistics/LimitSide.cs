namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The side of the limit that a process gives proof of.</summary>
internal enum LimitSide
{
    /// <summary>The chance of a bad outcome is above the limit. Only a bad outcome can bring proof.</summary>
    Above = 0,

    /// <summary>The chance is below the limit: the proof that a probe looks for. Only a good outcome can bring it.</summary>
    Below,
}
