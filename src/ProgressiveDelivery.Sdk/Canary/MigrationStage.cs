namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>
/// The stage of a migration: it decides which side is read, which is written, and which is authoritative. Move by one stage at a time. A string flag serves the
/// stage, as <c>off</c>, <c>dual-write</c>, <c>shadow</c>, <c>live</c>, <c>ramp-down</c> or <c>complete</c>; <c>dualwrite</c> and <c>rampdown</c> are read too.
/// </summary>
public enum MigrationStage : byte
{
    /// <summary>Reads and writes the old side.</summary>
    Off,

    /// <summary>Reads the old side. Writes the old side, then the new one.</summary>
    DualWrite,

    /// <summary>Reads both sides and returns the old one's value. Writes the old side, then the new one.</summary>
    Shadow,

    /// <summary>Reads both sides and returns the new one's value. Writes the new side, then the old one.</summary>
    Live,

    /// <summary>Reads the new side. Writes the new side, then the old one.</summary>
    RampDown,

    /// <summary>Reads and writes the new side.</summary>
    Complete,
}
