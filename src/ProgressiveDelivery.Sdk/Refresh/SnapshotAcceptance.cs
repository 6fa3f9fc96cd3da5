using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Refresh.Acceptance;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The checks between a reading and the root. They change nothing: a refused reading leaves everything as it was, with a diagnostic
/// that says which check refused it.
/// </summary>
internal sealed class SnapshotAcceptance
{
    private readonly Compilations _compilations;
    private readonly OverlayBoard _board;
    private readonly KillReader _kills;
    private readonly IAcceptanceStep[] _steps;
    private readonly IAcceptanceStep[] _killSteps;

    /// <param name="services">What snapshots are asked with.</param>
    /// <param name="limits">How large a snapshot may be.</param>
    /// <param name="quarantineShare">How many of its flags may be malformed.</param>
    /// <param name="board">What holds whatever the snapshot says; it is judged without.</param>
    /// <param name="keys">Who is believed; null: everybody.</param>
    public SnapshotAcceptance(SnapshotServices services, SnapshotLimits limits, double quarantineShare, OverlayBoard board, TrustedKeys? keys = null)
    {
        (_board, _kills, _compilations) = (board, new(limits), new(limits));

        // Nothing of the content is looked at before its size and its signature are known to be good; then, the cheap before the dear.
        _steps =
        [
            new SizeStep(limits),                                   // PD1004
            new SignatureStep(keys),                                // PD1013 none, PD1014 by a stranger, PD1015 wrong
            new ReadingStep(limits),                                // PD1001 no JSON, PD1002 schema, PD1004 too deep or many, PD1009 members, PD1010 and PD1011 patches
            new CountStep(limits),                                  // PD1004
            new VersionStep(services.Clock),                        // PD1003, PD1005
            new ExpiryStep(services.Clock),                         // PD1006
            new CompilationStep(_compilations, services),           // PD11xx, flag by flag: these are quarantined alone
            new QuarantineStep(quarantineShare),                    // PD1008
            new AssertionStep(),                                    // PD1007
        ];
        _killSteps = [new SizeStep(limits), new SignatureStep(keys)];
    }

    /// <summary>Judges a reading against the snapshot in force.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="format">How its documents are read.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="inForce">The newest that was accepted.</param>
    /// <param name="arrival">The version that one without a version was kept under; null: it arrives now.</param>
    public AcceptanceResult Judge(SnapshotReading reading, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce, long? arrival = null)
    {
        var candidate = new Candidate(reading, format, origin, inForce) { Arrival = arrival };
        if (candidate.IsRepeated && origin == inForce.Origin)
            return new(AcceptanceVerdict.Unchanged, null, []) { Fingerprint = candidate.Fingerprint };
        if (RefusalOf(candidate, _steps) is { } refusal)
            return new(AcceptanceVerdict.Refused, null, [.. candidate.Diagnostics, refusal]) { Fingerprint = candidate.Fingerprint, Version = candidate.Definition?.Version };

        _compilations.Remember(candidate.State);
        return new(AcceptanceVerdict.Accepted, Overlay(candidate.Snapshot), candidate.Diagnostics) { Fingerprint = candidate.Fingerprint };
    }

    /// <summary>Judges a kill; null, with what refuses it, where it is not to be obeyed.</summary>
    public SnapshotKill? JudgeKill(SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot inForce, out SnapshotDiagnostic? refusal)
    {
        refusal = RefusalOf(new(reading, format, SnapshotOrigin.Source, inForce), _killSteps);
        return refusal is null ? _kills.Read(reading.Kill!.Value.Bytes, out refusal) : null;
    }

    /// <summary>An accepted snapshot under what holds now: the same one where it is so already; null for one without rules.</summary>
    public FeatureSnapshot? Overlay(FeatureSnapshot accepted) => _compilations.Under(_board.Under(accepted.Version), accepted);

    private static SnapshotDiagnostic? RefusalOf(Candidate candidate, IAcceptanceStep[] steps)
    {
        foreach (var step in steps)
            if (step.Check(candidate) is { } refusal)
                return refusal;
        return null;
    }
}
