namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The kinds of outcomes of a write to one side.</summary>
public enum MigrationOutcomeKind : byte
{
    /// <summary>The stage does not write this side.</summary>
    NotWritten,

    /// <summary>The side accepted the write.</summary>
    Succeeded,

    /// <summary>The side failed or did not answer in time; it may lack the write.</summary>
    Failed,
}
