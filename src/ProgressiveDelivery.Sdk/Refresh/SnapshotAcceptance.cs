using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The checks between a reading and the root, in order: parse, version, expiry, compile, quarantine share, assertions. It changes
/// nothing: a refused reading leaves everything as it was, with a diagnostic that says which check refused it.
/// </summary>
/// <param name="services">What snapshots are asked with.</param>
/// <param name="limits">How large a snapshot may be.</param>
/// <param name="quarantineShare">How many of its flags may be malformed.</param>
/// <param name="kills">What holds whatever the snapshot says.</param>
internal sealed class SnapshotAcceptance(SnapshotServices services, SnapshotLimits limits, double quarantineShare, KillBoard kills)
{
    // What snapshots were compiled with goes when they go.
    private readonly ConditionalWeakTable<FeatureSnapshot, CompilationState> _states = [];

    /// <summary>Judges a reading against the snapshot in force.</summary>
    public AcceptanceResult Judge(SnapshotReading reading, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce)
    {
        var fingerprint = reading.Document is { } document ? XxHash128.HashToUInt128(document.Span) : (UInt128?)null;
        return Judge(reading, fingerprint, format, origin, inForce) with { Fingerprint = fingerprint };
    }

    private AcceptanceResult Judge(SnapshotReading reading, UInt128? fingerprint, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce)
    {
        var repeated = fingerprint is not null && fingerprint == inForce.Fingerprint;
        if (repeated && origin == inForce.Origin)
            return new(AcceptanceVerdict.Unchanged, null, []);

        var diagnostics = new List<SnapshotDiagnostic>();
        if (Define(reading, format, inForce, diagnostics) is not { } definition)
            return new(AcceptanceVerdict.Refused, null, diagnostics);

        if ((Version(definition, origin, inForce, repeated) ?? Expiry(definition)) is { } refusal)
            return Refuse(diagnostics, refusal);

        var killed = kills.Kills.Under(definition.Version);
        var (rules, compilation, state) = Compile(definition, reading.Patch, inForce, killed);
        diagnostics.AddRange(compilation);
        var candidate = new FeatureSnapshot(rules, origin, services)
        {
            Fingerprint = fingerprint,
            Definition = definition,
            IsPatched = reading.Patch is not null,
            Kills = killed,
        };
        if ((Quarantine(rules) ?? Assertions(definition, candidate)) is { } failure)
            return Refuse(diagnostics, failure);
        _states.Add(candidate, state);
        return new(AcceptanceVerdict.Accepted, candidate, diagnostics);
    }

    /// <summary>What is in force, with the kills that hold now; null where there are no rules yet.</summary>
    public FeatureSnapshot? Kill(FeatureSnapshot inForce)
    {
        if (!_states.TryGetValue(inForce, out var previous))
            return null;
        var (rules, _, state) = SnapshotRecompiler.Recompile(previous, kills.Kills);
        var killed = inForce.Under(kills.Kills, rules);
        _states.Add(killed, state);
        return killed;
    }

    private CompilationResult Compile(SnapshotDefinition definition, SnapshotPatch? patch, FeatureSnapshot inForce, KillSet killed) =>
        patch is not null && _states.TryGetValue(inForce, out var previous)
            ? SnapshotRecompiler.Recompile(previous, definition, patch, killed)
            : SnapshotCompiler.Compile(definition, limits, killed);

    private static AcceptanceResult Refuse(List<SnapshotDiagnostic> diagnostics, SnapshotDiagnostic refusal) =>
        new(AcceptanceVerdict.Refused, null, [.. diagnostics, refusal]);

    private SnapshotDefinition? Define(SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot inForce, List<SnapshotDiagnostic> diagnostics)
    {
        if (reading.Patch is { } patch)
            return Patched(patch, reading, inForce, diagnostics);
        if (reading.Document is not { } document)
            return reading.Definition;
        var (definition, found) = format.Read(document);
        diagnostics.AddRange(found);
        return definition;
    }

    private SnapshotDefinition? Patched(SnapshotPatch patch, SnapshotReading reading, FeatureSnapshot inForce, List<SnapshotDiagnostic> diagnostics)
    {
        diagnostics.AddRange(reading.PatchDiagnostics);
        if (inForce.Definition is not { } current || current.Version != patch.BaseVersion)
        {
            diagnostics.Add(Diagnostics.PatchOfOtherVersion("$.baseVersion", patch.BaseVersion, inForce.Version));
            return null;
        }

        var next = PatchApplication.Apply(current, patch);
        if (next.Flags.Count <= limits.MaxFlags)
            return next;
        diagnostics.Add(Diagnostics.LimitExceeded("$.set.flags", "more flags, once patched, than are allowed", limits.MaxFlags, nameof(SnapshotLimits.MaxFlags)));
        return null;
    }

    // The same document from another place (the last-known-good file, then the backend) is no step back.
    private static SnapshotDiagnostic? Version(SnapshotDefinition definition, SnapshotOrigin origin, FeatureSnapshot inForce, bool repeated)
    {
        if (definition.Version < 1)
            return Diagnostics.InvalidVersion("$.version", definition.Version.ToString(CultureInfo.InvariantCulture));
        if (definition.Version > inForce.Version || repeated || (definition.Version == inForce.Version && TakesPlaceOfOwn(origin, inForce)))
            return null;
        return Diagnostics.VersionNotNewer("$.version", definition.Version, inForce.Version);
    }

    // What came about by patches has no bytes to compare, here or in the file that it was kept in: the whole of that version is as good.
    private static bool TakesPlaceOfOwn(SnapshotOrigin origin, FeatureSnapshot inForce) =>
        origin == SnapshotOrigin.Source && (inForce.IsPatched || inForce.Origin == SnapshotOrigin.LastKnownGood);

    private SnapshotDiagnostic? Expiry(SnapshotDefinition definition)
    {
        var now = services.Clock.GetUtcNow();
        return definition.ExpiresAt is { } expiry && expiry <= now ? Diagnostics.Expired("$.expiresAt", expiry, now) : null;
    }

    private SnapshotDiagnostic? Quarantine(Ruleset rules)
    {
        var quarantined = rules.Quarantined;
        return quarantined > rules.Flags.Length * quarantineShare
            ? Diagnostics.TooManyQuarantined("$.flags", quarantined, rules.Flags.Length, quarantineShare)
            : null;
    }

    private static SnapshotDiagnostic? Assertions(SnapshotDefinition definition, FeatureSnapshot candidate)
    {
        for (var i = 0; i < definition.Assertions.Count; i++)
        {
            var (flag, context, expected) = definition.Assertions[i];
            var (variant, reason) = candidate.Answer(flag, context);
            if (!string.Equals(variant, expected, StringComparison.Ordinal))
                return Diagnostics.AssertionFailed($"$.assertions[{i}]", flag, expected, variant, reason);
        }

        return null;
    }
}
