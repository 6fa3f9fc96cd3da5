using System.Diagnostics.CodeAnalysis;

namespace ProgressiveDelivery.Sdk.Definitions.Translation;

/// <summary>The handling of flags and segments that depend on themselves.</summary>
[Experimental("PD9001")]
public enum CycleHandling
{
    /// <summary>All of them are quarantined, for every evaluation.</summary>
    Quarantine = 0,

    /// <summary>
    /// An evaluation that returns to a flag in progress ends with an error; all others are answered. Cycles of more than 32 nodes are always
    /// quarantined.
    /// </summary>
    EndFlag,
}
