using System.Globalization;
using System.IO.Hashing;
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
internal sealed class SnapshotAcceptance(SnapshotServices services, SnapshotLimits limits, double quarantineShare)
{
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
        if (Parse(reading, format, diagnostics) is not { } definition)
            return new(AcceptanceVerdict.Refused, null, diagnostics);

        if ((Version(definition, inForce, repeated) ?? Expiry(definition)) is { } refusal)
            return Refuse(diagnostics, refusal);

        var (rules, compilation) = SnapshotCompiler.Compile(definition, limits);
        diagnostics.AddRange(compilation);
        var candidate = new FeatureSnapshot(rules, origin, services) { Fingerprint = fingerprint };
        if ((Quarantine(rules) ?? Assertions(definition, candidate)) is { } failure)
            return Refuse(diagnostics, failure);
        return new(AcceptanceVerdict.Accepted, candidate, diagnostics);
    }

    private static AcceptanceResult Refuse(List<SnapshotDiagnostic> diagnostics, SnapshotDiagnostic refusal) =>
        new(AcceptanceVerdict.Refused, null, [.. diagnostics, refusal]);

    private static SnapshotDefinition? Parse(SnapshotReading reading, ISnapshotFormat format, List<SnapshotDiagnostic> diagnostics)
    {
        if (reading.Document is not { } document)
            return reading.Definition;
        var (definition, found) = format.Read(document);
        diagnostics.AddRange(found);
        return definition;
    }

    // The same document from another place (the last-known-good file, then the backend) is no step back.
    private static SnapshotDiagnostic? Version(SnapshotDefinition definition, FeatureSnapshot inForce, bool repeated)
    {
        if (definition.Version < 1)
            return Diagnostics.InvalidVersion("$.version", definition.Version.ToString(CultureInfo.InvariantCulture));
        return definition.Version <= inForce.Version && !repeated ? Diagnostics.VersionNotNewer("$.version", definition.Version, inForce.Version) : null;
    }

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
            var explanation = candidate.Explain(flag, context);
            if (!string.Equals(explanation.Variant, expected, StringComparison.Ordinal))
                return Diagnostics.AssertionFailed($"$.assertions[{i}]", flag, expected, explanation.Variant, explanation.Reason);
        }

        return null;
    }
}
