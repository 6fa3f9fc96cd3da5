namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>The severity of a fault in a snapshot.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Nothing is lost, but the fault needs attention.</summary>
    Warning,

    /// <summary>One flag is quarantined; the others are in force.</summary>
    Error,

    /// <summary>The snapshot as a whole is rejected; the one in force stays.</summary>
    Fatal,
}
