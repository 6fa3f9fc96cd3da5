namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>A write that the authoritative side accepted.</summary>
/// <param name="Stage">The stage of the write, from one evaluation.</param>
/// <param name="Authoritative">The outcome on the authoritative side, which succeeded.</param>
/// <param name="Other">The outcome on the other side.</param>
public readonly record struct MigrationWrite(MigrationStage Stage, MigrationOutcome Authoritative, MigrationOutcome Other)
{
    /// <summary>Indicates whether every side that the stage writes accepted the write. If not, the other side is behind: write or copy the key again.</summary>
    public bool IsComplete => Other.Kind != MigrationOutcomeKind.Failed;
}
