namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>A fault in a snapshot: which rule it breaks, where, and what to do about it.</summary>
/// <param name="Id">The diagnostic's id, such as <c>PD1104</c>; each has a page under <c>docs/diagnostics</c>.</param>
/// <param name="Severity">How much harm it does.</param>
/// <param name="Path">The JSON path of the place, such as <c>$.flags['checkout'].rules[1].when.semver</c>.</param>
/// <param name="Message">A sentence: thing and name, what is wrong, what to do.</param>
public sealed record SnapshotDiagnostic(string Id, DiagnosticSeverity Severity, string Path, string Message)
{
    /// <summary>The diagnostic on one line.</summary>
    public override string ToString() => $"{Id} {Severity} at {Path}: {Message}";
}
