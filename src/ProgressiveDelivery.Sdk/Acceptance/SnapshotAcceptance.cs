using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>
/// The checks between a reading and the root. They change nothing: a rejected reading leaves everything as it was, with a diagnostic
/// of the check that rejected it.
/// </summary>
internal sealed class SnapshotAcceptance
{
    private readonly object _turn = new();
    private readonly Compilations _compilations;
    private readonly KillReader _kills;
    private readonly SnapshotLimits _limits;
    private readonly IAcceptanceStep[] _steps;
    private readonly IAcceptanceStep[] _killSteps;

    /// <param name="services">The services that snapshots use.</param>
    /// <param name="limits">The limits on the size of a snapshot.</param>
    /// <param name="maxQuarantinedShare">The share of its flags that may be malformed.</param>
    /// <param name="keys">The trusted keys; null if signatures are not checked.</param>
    public SnapshotAcceptance(SnapshotServices services, SnapshotLimits limits, double maxQuarantinedShare, TrustedKeys? keys = null)
    {
        (_limits, _kills, _compilations) = (limits, new(limits), new(limits));

        // The content is read only after its size and its signature are known to be good; then, cheap checks come before costly ones.
        _steps =
        [
            new SizeStep(limits),                                   // PD1004
            new SignatureStep(keys),                                // PD1013 none, PD1014 by a stranger, PD1015 wrong
            new ReadingStep(limits),                                // PD1001 no JSON, PD1002 schema, PD1004 too deep or many, PD1009 members, PD1010 and PD1011 patches
            new CountStep(limits),                                  // PD1004
            new VersionStep(services.Clock, guardsReplay: keys is { AcceptsReplayableDocuments: false }),   // PD1003, PD1005, PD1016 and PD1017 without a version
            new ExpiryStep(services.Clock),                         // PD1006
            new CompilationStep(_compilations, services),           // PD11xx, flag by flag: these are quarantined alone
            new QuarantineStep(maxQuarantinedShare),                    // PD1008
            new AssertionStep(),                                    // PD1007
        ];
        _killSteps = [new SizeStep(limits), new SignatureStep(keys)];
    }

    /// <summary>Judges a reading against the snapshot in force.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="format">The format of its documents.</param>
    /// <param name="origin">The origin of the reading.</param>
    /// <param name="inForce">The newest accepted snapshot.</param>
    /// <param name="arrival">The version under which a document without a version was kept; null if it arrives now.</param>
    public AcceptanceResult Judge(SnapshotReading reading, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce, long? arrival = null) =>
        Judge(new(reading, format, origin, inForce) { Arrival = arrival });

    /// <summary>Judges a reading of a source whose acceptance an operator ordered, whatever its version.</summary>
    public AcceptanceResult JudgeOrdered(SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot inForce) =>
        Judge(new(reading, format, SnapshotOrigin.Source, inForce) { IsOrdered = true });

    /// <summary>Judges a snapshot that an operator held before a restart, and whose seal, if one is required, is valid. It may have expired, and newer ones may be in force.</summary>
    public AcceptanceResult JudgeSealed(SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot first) =>
        Judge(new(reading, format, SnapshotOrigin.LastKnownGood, first) { IsSealed = true, IsHeld = true });

    /// <summary>Judges and applies in one turn: the loop and a late read of a local file run one after the other.</summary>
    public T InTurn<T>(Func<T> act)
    {
        lock (_turn)
            return act();
    }

    private AcceptanceResult Judge(Candidate candidate)
    {
        var (origin, inForce) = (candidate.Origin, candidate.InForce);
        if (candidate.IsRepeated && origin == inForce.Origin)
            return new(AcceptanceVerdict.Unchanged, null, []) { Fingerprint = candidate.Fingerprint };
        if (RefusalOf(candidate, _steps) is { } refusal)
            return new(AcceptanceVerdict.Refused, null, [.. candidate.Diagnostics, refusal]) { Fingerprint = candidate.Fingerprint, Version = candidate.Definition?.Version, Sent = candidate.Sent };

        _compilations.Remember(candidate.State);
        return new(AcceptanceVerdict.Accepted, candidate.Snapshot, candidate.Diagnostics) { Fingerprint = candidate.Fingerprint };
    }

    /// <summary>Judges a kill; returns null, with the reason, if it is rejected.</summary>
    /// <param name="reading">The kill.</param>
    /// <param name="format">The format of its documents.</param>
    /// <param name="inForce">The newest accepted snapshot.</param>
    /// <param name="obeyed">The kills that are obeyed already.</param>
    /// <param name="refusal">The diagnostic that rejects it.</param>
    /// <param name="warnings">The warnings about it.</param>
    public SnapshotKill? JudgeKill(
        SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot inForce, KillSet obeyed, out SnapshotDiagnostic? refusal, out IReadOnlyList<SnapshotDiagnostic> warnings)
    {
        warnings = [];
        refusal = RefusalOf(new(reading, format, SnapshotOrigin.Source, inForce), _killSteps);
        var kill = refusal is null ? _kills.Read(reading.Kill!.Value.Bytes, out refusal, out warnings) : null;
        if (kill is not null && IsOneTooMany(kill, inForce, obeyed))
            refusal = DiagnosticCatalog.LimitExceeded("$.flag", "more kills of flags that it does not have than flags are allowed", _limits.MaxFlags, nameof(SnapshotLimits.MaxFlags));
        return refusal is null ? kill : null;
    }

    // A kill of an existing flag always counts.
    private bool IsOneTooMany(SnapshotKill kill, FeatureSnapshot inForce, KillSet obeyed) =>
        obeyed.Count >= _limits.MaxFlags && obeyed.VariantOf(kill.Flag) is null && inForce.Rules.Find(kill.Flag) is null;

    /// <summary>Returns an accepted snapshot under an overlay: the same one if it is under it already; null for one without rules.</summary>
    public FeatureSnapshot? Under(LocalOverlay overlay, FeatureSnapshot accepted) => _compilations.Under(overlay, accepted);

    private static SnapshotDiagnostic? RefusalOf(Candidate candidate, IAcceptanceStep[] steps)
    {
        try
        {
            foreach (var step in steps)
                if (step.Check(candidate) is { } refusal)
                    return refusal;
            return null;
        }
        catch (Exception fault)
        {
            // Definitions may come from formats and sources of other authors.
            return DiagnosticCatalog.UnreadableDocument(JsonPath.Root, fault);
        }
    }
}
