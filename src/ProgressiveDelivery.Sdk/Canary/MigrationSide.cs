namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>A side of a migration.</summary>
public enum MigrationSide : byte
{
    /// <summary>The side that the migration leaves; authoritative in the stages <c>off</c>, <c>dual-write</c> and <c>shadow</c>.</summary>
    Old,

    /// <summary>The side that the migration moves to; authoritative in the stages <c>live</c>, <c>ramp-down</c> and <c>complete</c>.</summary>
    New,
}
