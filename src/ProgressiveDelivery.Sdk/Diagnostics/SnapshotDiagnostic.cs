namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>A fault in a snapshot: the rule it breaks, its place, and its remedy.</summary>
public sealed record SnapshotDiagnostic
{
    /// <summary>Sets the required members.</summary>
    /// <param name="id">The <see cref="Id"/>.</param>
    /// <param name="severity">The <see cref="Severity"/>.</param>
    /// <param name="path">The <see cref="Path"/>.</param>
    /// <param name="message">The <see cref="Message"/>.</param>
    public SnapshotDiagnostic(string id, DiagnosticSeverity severity, string path, string message) =>
        (Id, Severity, Path, Message) = (id, severity, path, message);

    /// <summary>The diagnostic's id, such as <c>PD1104</c>; each has a page under <c>docs/diagnostics</c>.</summary>
    public string Id { get; init; }

    /// <summary>The severity of the fault.</summary>
    public DiagnosticSeverity Severity { get; init; }

    /// <summary>The JSON path of the place, such as <c>$.flags['checkout'].rules[1].when.semver</c>.</summary>
    public string Path { get; init; }

    /// <summary>A sentence: thing and name, what is wrong, what to do.</summary>
    public string Message { get; init; }

    /// <summary>The diagnostic on one line.</summary>
    public override string ToString() => $"{Id} {Severity} at {Path}: {Message}";
}
