using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>Every line that this library logs. Ids are never used twice; no line holds a secret or a context's attribute.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Flag {Key} is not in snapshot {Version}{Suggestion}: callers get their fallback. Define it, or correct the key. Said once for each key.")]
    public static partial void UnknownFlag(this ILogger logger, string key, long version, string suggestion);

    [LoggerMessage(10, LogLevel.Information, "Client {Client}: snapshot {Version} from {Source} is in force (before it: {Previous}).")]
    public static partial void SnapshotApplied(this ILogger logger, string client, long version, string source, long previous);

    [LoggerMessage(11, LogLevel.Information, "Client {Client}: snapshot {Version} from {Origin} file '{Path}' is in force until source {Source} is read.")]
    public static partial void StartedLocally(this ILogger logger, string client, long version, SnapshotOrigin origin, string path, string source);

    [LoggerMessage(EventId = 12, Message = "Client {Client}: a snapshot from {Source} is refused, and {Rules}: {Diagnostic}")]
    public static partial void SnapshotRefused(this ILogger logger, LogLevel level, string client, string source, string rules, SnapshotDiagnostic diagnostic);

    [LoggerMessage(13, LogLevel.Warning, "Client {Client}: a snapshot from {Source} has a fault: {Diagnostic}")]
    public static partial void SnapshotFault(this ILogger logger, string client, string source, SnapshotDiagnostic diagnostic);

    [LoggerMessage(14, LogLevel.Warning, "Client {Client}: a snapshot from {Source} has {Count} more faults, which are not listed.")]
    public static partial void MoreSnapshotFaults(this ILogger logger, string client, string source, int count);

    [LoggerMessage(15, LogLevel.Warning, "Client {Client}: snapshot {Version} in force expired at {ExpiresAt:u}; it still answers. Publish it again with a later 'expiresAt'.")]
    public static partial void SnapshotExpired(this ILogger logger, string client, long version, DateTimeOffset expiresAt);

    [LoggerMessage(16, LogLevel.Warning, "Client {Client}: flag {Flag} is killed by {Source}: everybody gets variant {Variant} until a snapshot newer than version {Version}.")]
    public static partial void FlagKilled(this ILogger logger, string client, string flag, string variant, long version, string source);

    [LoggerMessage(17, LogLevel.Warning, "Client {Client}: {Source} kills flag {Flag} to variant {Variant}, which the snapshot in force does not have, or not sound. Kill it to one of its variants.")]
    public static partial void KillWithoutEffect(this ILogger logger, string client, string flag, string variant, string source);

    [LoggerMessage(EventId = 20, Message = "Client {Client}: {Fault} The source is tried again until it answers, and {Rules}; further failures, and outages beyond three an hour, are logged at debug level.")]
    public static partial void OutageBegan(this ILogger logger, LogLevel level, string client, string fault, string rules);

    [LoggerMessage(21, LogLevel.Debug, "Client {Client}: attempt {Attempt} failed, the next is in {Pause}: {Fault}")]
    public static partial void AttemptFailed(this ILogger logger, Exception exception, string client, int attempt, TimeSpan pause, string fault);

    [LoggerMessage(EventId = 22, Message = "Client {Client}: source {Source} is well again; version {Version} is current.")]
    public static partial void OutageEnded(this ILogger logger, LogLevel level, string client, string source, long version);

    [LoggerMessage(23, LogLevel.Warning, "Client {Client}: source {Source} cannot say when it changes, and is read again after a pause until it can; further failures are logged at debug level. {Fault}")]
    public static partial void WatchBroke(this ILogger logger, string client, string source, string fault);

    [LoggerMessage(24, LogLevel.Debug, "Client {Client}: waiting for a change failed, the source is read again in {Pause}: {Fault}")]
    public static partial void WatchFailed(this ILogger logger, Exception exception, string client, TimeSpan pause, string fault);

    [LoggerMessage(30, LogLevel.Warning, "Client {Client}: {Fault}")]
    public static partial void LocalFileFault(this ILogger logger, string client, string fault);

    [LoggerMessage(31, LogLevel.Debug, "Client {Client}: local file '{Path}' is not used: {Reason}")]
    public static partial void LocalFileUnused(this ILogger logger, string client, string path, string reason);

    [LoggerMessage(32, LogLevel.Information, "Client {Client}: last-known-good file '{Path}' is written again.")]
    public static partial void LastKnownGoodRecovered(this ILogger logger, string client, string path);

    [LoggerMessage(40, LogLevel.Warning, "A handler of flag changes failed. It is called again at the next change; its further failures are logged at debug level.")]
    public static partial void ChangeHandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(41, LogLevel.Debug, "A handler of flag changes failed again.")]
    public static partial void ChangeHandlerFailedAgain(this ILogger logger, Exception exception);

    [LoggerMessage(42, LogLevel.Warning, "The store of sticky assignments failed: units are assigned by hashing, as if nothing were stored. Mend the store; said once.")]
    public static partial void AssignmentStoreFailed(this ILogger logger, Exception exception);

    [LoggerMessage(80, LogLevel.Warning, "Client {Client}: version {Version} is held in force (before: {Previous}), {Act} by {By}, because {Reason}, {Until}. Newer snapshots are accepted, and wait.")]
    public static partial void SnapshotHeld(this ILogger logger, string client, long version, long previous, ControlActKind act, string by, string reason, string until);

    [LoggerMessage(81, LogLevel.Information, "Client {Client}: the newest accepted snapshot is followed again, now version {Version} (before: {Previous}), {Act} by {By}, because {Reason}.")]
    public static partial void SnapshotFollowed(this ILogger logger, string client, long version, long previous, ControlActKind act, string by, string reason);

    [LoggerMessage(82, LogLevel.Information, "Client {Client}: the newest accepted snapshot is followed again, now version {Version}: the hold of {By} on version {Held} has expired. It was because {Reason}.")]
    public static partial void HoldExpired(this ILogger logger, string client, long version, string by, long held, string reason);

    [LoggerMessage(83, LogLevel.Warning, "Client {Client}: version {Version} is held in force, as {By} had it before the restart, because {Reason}. Newer snapshots are accepted, and wait.")]
    public static partial void HoldRestored(this ILogger logger, string client, long version, string by, string reason);

    [LoggerMessage(84, LogLevel.Warning, "Client {Client}: flag {Flag} serves variant {Variant} to everybody, {Act} by {By}, because {Reason}, {Until}.")]
    public static partial void FlagOverridden(this ILogger logger, string client, string flag, string variant, ControlActKind act, string by, string reason, string until);

    [LoggerMessage(85, LogLevel.Warning, "Client {Client}: flag {Flag} would serve variant {Variant} to everybody ({Act} by {By}, because {Reason}), but the snapshot in force does not have it, or not sound. It will when one does.")]
    public static partial void OverrideWithoutEffect(this ILogger logger, string client, string flag, string variant, ControlActKind act, string by, string reason);

    [LoggerMessage(86, LogLevel.Information, "Client {Client}: flag {Flag} is decided by its rules again: {Act}, {By}, {Reason}.")]
    public static partial void OverrideEnded(this ILogger logger, string client, string flag, ControlActKind act, string by, string reason);

    [LoggerMessage(87, LogLevel.Warning, "Client {Client}: {Fault}")]
    public static partial void ControlFileFault(this ILogger logger, string client, string fault);

    [LoggerMessage(88, LogLevel.Information, "Client {Client}: snapshot {Version} from {Source} is accepted, and waits while {By} holds version {Held}.")]
    public static partial void SnapshotWaits(this ILogger logger, string client, long version, string source, string by, long held);

    [LoggerMessage(70, LogLevel.Warning, "Client {Client}: last-known-good snapshots are passed by. {Instead}. {Skipped}")]
    public static partial void GenerationsSkipped(this ILogger logger, string client, string instead, string skipped);

    [LoggerMessage(71, LogLevel.Warning, "Client {Client}: more than {Count} signed patches, or more than their snapshot is long, have come since a whole snapshot; they hold, but are not kept on disk until the next one. Have the backend send a whole snapshot now and then.")]
    public static partial void SignedPatchesOutgrown(this ILogger logger, string client, int count);

    [LoggerMessage(50, LogLevel.Warning, "Client {Client} has no rules after {Timeout}, and the host goes on: callers get their fallbacks until source {Source} answers.{Cause}")]
    public static partial void StartedWithoutRules(this ILogger logger, string client, TimeSpan timeout, string? source, string cause);

    [LoggerMessage(EventId = 60, Message = "Client {Client}: source {From} is left for source {To}. {Fault}")]
    public static partial void SourceLeft(this ILogger logger, LogLevel level, string client, string from, string to, string? fault);

    [LoggerMessage(61, LogLevel.Information, "Client {Client}: preferred source {To} is well again and in use, in place of source {From}.")]
    public static partial void SourceReturned(this ILogger logger, string client, string to, string from);

    [LoggerMessage(62, LogLevel.Debug, "Client {Client}: preferred source {Source} was tried, and is not well yet: {Fault}")]
    public static partial void PreferredSourceFailed(this ILogger logger, Exception exception, string client, string source, string fault);

    [LoggerMessage(63, LogLevel.Warning, "Client {Client}: {Fault} Unless another source serves, {Rules}.")]
    public static partial void SourceStopped(this ILogger logger, string client, string fault, string rules);

    [LoggerMessage(EventId = 90, Message = "Client {Client}: source {Source} has not confirmed version {Version} within {MaxStaleness} (MaxStaleness), and it still answers.{Cause}")]
    public static partial void RulesStale(this ILogger logger, LogLevel level, string client, string? source, long version, TimeSpan maxStaleness, string cause);

    [LoggerMessage(100, LogLevel.Warning, "Client {Client}: usage cannot be told to {Reporter}: {Fault} The counts are kept, and told when it answers; further failures are logged at debug level.")]
    public static partial void UsageNotTold(this ILogger logger, Exception exception, string client, string reporter, string fault);

    [LoggerMessage(101, LogLevel.Debug, "Client {Client}: usage cannot be told to {Reporter} after {Attempts} attempts: {Fault}")]
    public static partial void UsageNotToldAgain(this ILogger logger, Exception exception, string client, string reporter, int attempts, string fault);

    [LoggerMessage(102, LogLevel.Information, "Client {Client}: usage is told to {Reporter} again.")]
    public static partial void UsageToldAgain(this ILogger logger, string client, string reporter);

    [LoggerMessage(103, LogLevel.Warning, "Client {Client}: more than {Count} different answers of flags wait for {Reporter}; further ones are not counted until it has been told these. Mend it, or report more often (UsageInterval).")]
    public static partial void UsageOutgrown(this ILogger logger, string client, string reporter, int count);

    [LoggerMessage(EventId = 91, Message = "Client {Client}: source {Source} has confirmed version {Version}; it is no longer stale.")]
    public static partial void RulesCurrentAgain(this ILogger logger, LogLevel level, string client, string? source, long version);
}
