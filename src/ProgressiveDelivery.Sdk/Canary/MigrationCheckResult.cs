namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The result of the consistency check of one read.</summary>
public enum MigrationCheckResult : byte
{
    /// <summary>There was no check: the stage reads one side, or the sample left the read out.</summary>
    None,

    /// <summary>Both sides gave the same value.</summary>
    Equal,

    /// <summary>The sides gave different values.</summary>
    Different,

    /// <summary>
    /// The check was due, and did not take place: as many as allowed ran already, the authoritative side gave no value to compare with, or the migration was disposed.
    /// </summary>
    Skipped,

    /// <summary>The other side failed or did not answer in time, or the comparison failed.</summary>
    Failed,
}
