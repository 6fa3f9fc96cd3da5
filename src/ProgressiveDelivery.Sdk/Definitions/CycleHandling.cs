namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What becomes of flags and segments that depend on themselves.</summary>
public enum CycleHandling
{
    /// <summary>All of them are quarantined, whoever asks.</summary>
    Quarantine = 0,

    /// <summary>
    /// Who comes round to one that is being asked already ends with an error; all others are answered. More than 32 that depend on one
    /// another are quarantined all the same.
    /// </summary>
    EndFlag,
}
