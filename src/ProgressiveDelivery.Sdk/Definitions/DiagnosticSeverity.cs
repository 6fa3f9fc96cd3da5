namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>How much harm a fault in a snapshot does.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Nothing is lost; somebody should look.</summary>
    Warning,

    /// <summary>One flag is quarantined; the others live.</summary>
    Error,

    /// <summary>The snapshot as a whole is refused; the one in force stays.</summary>
    Refused,
}
