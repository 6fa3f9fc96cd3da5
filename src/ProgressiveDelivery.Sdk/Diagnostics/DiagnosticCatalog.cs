using System.Globalization;

namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>
/// The faults of a snapshot, each as one sentence of the form: thing and name, what is wrong, what to do.
/// A fault of the whole rejects it; a fault of a flag quarantines that flag.
/// </summary>
internal static partial class DiagnosticCatalog
{
    private const string AcceptCurrent = "ISnapshotControl.AcceptCurrentAsync";

    public static SnapshotDiagnostic MalformedJson(string path, string fault, long line, long position, bool isFile = false) =>
        Refused(DiagnosticId.MalformedJson, path, isFile
            ? $"The file is no JSON: line {line}, byte {position}: {fault.TrimEnd('.')}. Write it whole, as JSON in UTF-8; comments and trailing commas are allowed."
            : $"The document is no JSON: line {line}, byte {position}: {fault.TrimEnd('.')}. Send the document whole, as strict JSON in UTF-8, without comments or trailing commas.");

    public static SnapshotDiagnostic LooksLikeYaml(string path) =>
        Refused(DiagnosticId.MalformedJson, path, "The document is no JSON; it looks like YAML. Convert it to JSON, which is the only form that is read.");

    public static SnapshotDiagnostic NotASnapshot(string path, string whatItIs, bool isFile = false) =>
        Refused(DiagnosticId.MalformedJson, path, isFile
            ? $"The file is {whatItIs}, not a snapshot. Write a snapshot into it, or correct the path."
            : $"The document is {whatItIs}, not a snapshot. Check the address, and what answers there (a proxy, a login page, an error page).");

    public static SnapshotDiagnostic MissingSchema(string path) =>
        Refused(DiagnosticId.UnknownSchema, path, "The document's schema is missing; this version reads 'progressive-delivery/1'. Begin the document with \"schema\": \"progressive-delivery/1\", or configure the format that it has.");

    public static SnapshotDiagnostic UnknownSchema(string path, string found, string? looksLike = null) =>
        Refused(DiagnosticId.UnknownSchema, path, looksLike is null
            ? $"The document's schema is {found}; this version reads 'progressive-delivery/1'. Publish that schema, or update the package."
            : $"The document's schema is {found}, and it looks like {looksLike}. Configure that vendor's format for this source, or publish 'progressive-delivery/1'.");

    public static SnapshotDiagnostic InvalidVersion(string path, string found) =>
        Refused(DiagnosticId.InvalidVersion, path, $"The snapshot's version is {found}; it must be a positive whole number of 64 bits. Publish one that grows with every change.");

    public static SnapshotDiagnostic TooManyConditions(string path, long limit) =>
        Refused(DiagnosticId.LimitExceeded, path, string.Create(CultureInfo.InvariantCulture, $"The snapshot has more than {limit} conditions, where one at two places counts twice, or a condition holds itself. Give it fewer conditions."));

    public static SnapshotDiagnostic LimitExceeded(string path, string what, long limit, string option) =>
        Refused(DiagnosticId.LimitExceeded, path, string.Create(CultureInfo.InvariantCulture, $"The snapshot has {what}; the limit is {limit}. Make it smaller, or raise {option}."));

    public static SnapshotDiagnostic VersionNotNewer(string path, long version, long current) =>
        Refused(DiagnosticId.VersionNotNewer, path, string.Create(CultureInfo.InvariantCulture, $"The snapshot's version is {version}, and version {current} is in force. Publish a higher version, also to return to older rules; or, if the backend's versions restart, accept its document by hand ({AcceptCurrent})."));

    public static SnapshotDiagnostic VersionFarAhead(string path, string what, long version, long current) =>
        new(DiagnosticId.VersionFarAhead, DiagnosticSeverity.Warning, path, string.Create(CultureInfo.InvariantCulture, $"{what} has version {version}, far beyond {current}, the version before: later snapshots with a lower version have no effect. If that is a mistake, publish the right version and accept it by hand ({AcceptCurrent})."));

    public static SnapshotDiagnostic FileVersionNotNewer(string path, long version, long current) =>
        Refused(DiagnosticId.VersionNotNewer, path, string.Create(CultureInfo.InvariantCulture, $"The file's version is {version}, and {(version == current ? "other rules of the same version are" : $"version {current} is")} in force. Raise 'version', or remove it: a file without one is numbered by the time it is read."));

    public static SnapshotDiagnostic Expired(string path, DateTimeOffset expiresAt, DateTimeOffset now) =>
        Refused(DiagnosticId.Expired, path, string.Create(CultureInfo.InvariantCulture, $"The snapshot expired at {expiresAt:u}, and it is {now:u}. Publish it again with a later 'expiresAt', or check the clock."));

    public static SnapshotDiagnostic AssertionFailed(string path, string flag, string? expected, string? actual, EvaluationReason reason) =>
        Refused(DiagnosticId.AssertionFailed, path, $"Assertion on flag {Quote(flag)}: it yields {VariantOrNone(actual)} (reason {reason}) where {VariantOrNone(expected)} is asserted. Correct the rules, or the assertion.");

    public static SnapshotDiagnostic TooManyQuarantined(string path, int quarantined, int total, double share) =>
        Refused(DiagnosticId.TooManyQuarantined, path, string.Create(CultureInfo.InvariantCulture, $"The snapshot has {quarantined} malformed flags of {total}, more than the {share:P0} allowed. Correct the flags that the other diagnostics name, or raise the allowed share."));

    public static SnapshotDiagnostic UnreadableMember(string path, DiagnosticSeverity severity, string what, string wrong, string remedy) =>
        new(DiagnosticId.UnreadableMember, severity, path, $"{what} {wrong}. {remedy}");

    public static SnapshotDiagnostic MalformedPatch(string path, string wrong) =>
        Refused(DiagnosticId.MalformedPatch, path, $"The patch cannot be applied: {wrong}. Publish the whole snapshot, and repair the publisher of patches.");

    public static SnapshotDiagnostic PatchOfOtherVersion(string path, long baseVersion, long current) =>
        Refused(DiagnosticId.PatchOfOtherVersion, path, string.Create(CultureInfo.InvariantCulture, $"The patch is on version {baseVersion}, and version {current} is in force. Send the whole snapshot to a client that connects without 'Last-Event-ID'."));

    public static SnapshotDiagnostic MalformedKill(string path, string wrong) =>
        Refused(DiagnosticId.MalformedKill, path, $"The kill cannot be applied: {wrong}. Send 'version', 'flag' and 'variant'.");

    /// <summary>User text in quotes: cut when long, and on one line.</summary>
    public static string Quote(string text)
    {
        const int longest = 80;
        var shown = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;
        return $"'{string.Create(shown.Length, shown, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '\uFFFD' : from[i];
        })}'";
    }

    private static SnapshotDiagnostic Refused(string id, string path, string message) => new(id, DiagnosticSeverity.Fatal, path, message);

    private static string VariantOrNone(string? variant) => variant is null ? "no variant" : $"variant {Quote(variant)}";
}
