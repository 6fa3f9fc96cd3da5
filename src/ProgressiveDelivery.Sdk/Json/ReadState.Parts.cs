using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>
/// Guards, gates and blackouts: parts of a flag whose faults do not cost the flag. A fault of one is a warning, and the part does not do its work; for authors
/// it stays an error.
/// </content>
internal sealed partial class ReadState
{
    private bool _isInPart;
    private SnapshotDiagnostic? _partFault;

    /// <summary>The number of guards read so far, in the whole document.</summary>
    public int Guards { get; private set; }

    /// <summary>Begins a part of the flag; parts are not nested.</summary>
    public void BeginPart() => (_isInPart, _partFault) = (true, null);

    /// <summary>Ends the part, and returns its first fault; null if it is sound.</summary>
    public SnapshotDiagnostic? EndPart()
    {
        _isInPart = false;
        return _partFault;
    }

    /// <summary>Counts a guard; returns false beyond the limit of the document.</summary>
    public bool TryCountGuard() => ++Guards <= Limits.MaxGuards;

    private SnapshotDiagnostic InPart(SnapshotDiagnostic diagnostic)
    {
        if (!_isInPart || diagnostic.Severity == DiagnosticSeverity.Warning)
            return diagnostic;
        var fault = IsStrict ? diagnostic : diagnostic with { Severity = DiagnosticSeverity.Warning };
        _partFault ??= fault;
        return fault;
    }
}
