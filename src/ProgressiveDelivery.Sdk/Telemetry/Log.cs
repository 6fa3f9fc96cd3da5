using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>Every line that this library logs. Ids ascend within the range of their area, and are never used twice. No line holds a secret or a context's attribute.</summary>
internal static partial class Log
{
    // Evaluation: 100 to 199; EvaluationEvents has 100.
    [LoggerMessage(101, LogLevel.Warning, "Flag {Key} is not in snapshot {Version}{Suggestion}; callers get their fallback. Define it, or correct the key. Further evaluations of this key are not logged.")]
    public static partial void UnknownFlag(this ILogger logger, string key, long version, string suggestion);

    [LoggerMessage(EventId = 102, Message = "Client {Client}: sticky assignments cannot be {Work}: {Fault} Units are assigned by hashing, and keep their variant in this process. Repair the store; new assignments wait for it. Further failures are logged at debug level until it recovers.")]
    public static partial void AssignmentStoreFailed(this ILogger logger, LogLevel level, string client, string work, string fault);

    [LoggerMessage(103, LogLevel.Warning, "Client {Client}: experiment {Experiment} of flag {Flag} has a sample ratio mismatch in this process: {Units} (p = {PValue}). Units of one variant are lost, or counted too often. Find out where before you trust its results. Logged once for these weights.")]
    public static partial void SampleRatioMismatch(this ILogger logger, string client, string experiment, string flag, string units, double pValue);

    [LoggerMessage(104, LogLevel.Warning, "Client {Client}: a unit of experiment {Experiment} of flag {Flag} was given a second variant. Weights or salt changed, or the store of assignments forgot. Leave such units out of the analysis, or make the experiment sticky. Logged once for these weights.")]
    public static partial void ExperimentCrossed(this ILogger logger, string client, string experiment, string flag);

    [LoggerMessage(105, LogLevel.Warning, "Client {Client}: a unit of experiment {Experiment} of flag {Flag} was given a variant that the weights in force assign to no unit; the store of assignments remembers it. Raise the sticky version to assign all units anew. Logged once for these weights.")]
    public static partial void ExperimentUnassigned(this ILogger logger, string client, string experiment, string flag);

    [LoggerMessage(106, LogLevel.Information, "Client {Client}: sticky assignments are {Work} again.")]
    public static partial void AssignmentStoreRecovered(this ILogger logger, string client, string work);

    [LoggerMessage(107, LogLevel.Warning, "Client {Client}: {Count} new assignments wait for their store. Further ones are held in memory alone, and offered again when their unit is next evaluated. Look at the store, or raise AssignmentOptions.Queued. Logged once.")]
    public static partial void AssignmentQueueFull(this ILogger logger, string client, int count);

    [LoggerMessage(108, LogLevel.Warning, "Client {Client}: the client has ended, and {Count} new assignments were not stored within {Deadline}. They are lost: their units are assigned again by hashing. Look at the store.")]
    public static partial void AssignmentsLostAtEnd(this ILogger logger, string client, int count, TimeSpan deadline);

    [LoggerMessage(109, LogLevel.Warning, "Client {Client}: a context or a scope forces a variant, which is not allowed here. The rules decide. Set AllowForcedVariants if that is wanted in this environment. Logged once.")]
    public static partial void ForcedVariantRefused(this ILogger logger, string client);

    [LoggerMessage(110, LogLevel.Warning, "Client {Client}: flag {Flag} should serve variant {Variant}, forced for a test by {By}, but snapshot {Version} has no such flag or variant, or a kill or an override outranks it. The rules decide. Correct the names.")]
    public static partial void ForcedVariantWithoutEffect(this ILogger logger, string client, string flag, string variant, string by, long version);

    [LoggerMessage(111, LogLevel.Warning, "Client {Client}: variant service {Service} has no implementation for a fallback of flag {Flag}: without rules, resolving it fails. Add Otherwise to it. Logged once.")]
    public static partial void VariantServiceWithoutOtherwise(this ILogger logger, string client, string service, string flag);

    [LoggerMessage(112, LogLevel.Warning, "Client {Client}: variant service {Service} has no implementation for variant {Variant} of flag {Flag}: where that is served, resolving it fails. Add For(\"{Variant}\") or Otherwise to it. Logged once.")]
    public static partial void VariantServiceLacksVariant(this ILogger logger, string client, string service, string variant, string flag);

    [LoggerMessage(113, LogLevel.Warning, "Client {Client}: variant service {Service} has an implementation for variant {Variant}, which flag {Flag} does not have. Correct the name, or remove it. Logged once.")]
    public static partial void VariantServiceNamesUnknownVariant(this ILogger logger, string client, string service, string variant, string flag);

    [LoggerMessage(114, LogLevel.Warning, "Flag {Key} is of type {Type} in snapshot {Version}, and its value cannot be read as {Asked}; callers get their fallback. Read it as the flag's type, or change the flag. Further evaluations of this flag are not logged.")]
    public static partial void MismatchedFlag(this ILogger logger, string key, FlagType type, long version, string asked);

    // Refresh: 200 to 299.
    [LoggerMessage(200, LogLevel.Warning, "Client {Client} was used before it was started. The first evaluation starts it, and callers get their fallbacks until source {Source} answers. Run the client in a host, or await WaitUntilReadyAsync before the first evaluation.")]
    public static partial void StartedByQuestion(this ILogger logger, string client, string source);

    [LoggerMessage(201, LogLevel.Information, "Client {Client} starts with the first handler of its changes, and reads source {Source} from now on.")]
    public static partial void StartedBySubscription(this ILogger logger, string client, string source);

    [LoggerMessage(202, LogLevel.Warning, "Client {Client} has no rules after {Timeout}. The host starts, and callers get their fallbacks until source {Source} answers.{Cause}")]
    public static partial void StartedWithoutRules(this ILogger logger, string client, TimeSpan timeout, string? source, string cause);

    [LoggerMessage(203, LogLevel.Warning, "Client {Client} has no rules, and every source failed in a way that retries alone cannot repair. The host starts without waiting longer, and callers get their fallbacks until source {Source} answers.{Cause}")]
    public static partial void StartedWithoutProspect(this ILogger logger, string client, string? source, string cause);

    [LoggerMessage(204, LogLevel.Information, "Client {Client}: snapshot {Version} from {Source} is in force (before: {Previous}).")]
    public static partial void SnapshotApplied(this ILogger logger, string client, long version, string source, long previous);

    [LoggerMessage(205, LogLevel.Information, "Client {Client}: snapshot {Version} from {Origin} file '{Path}' is in force until source {Source} is read.")]
    public static partial void StartedLocally(this ILogger logger, string client, long version, SnapshotOrigin origin, string path, string source);

    [LoggerMessage(206, LogLevel.Information, "Client {Client}: snapshot {Version} from {Source} is accepted, and waits while {By} holds version {Held}.")]
    public static partial void SnapshotWaits(this ILogger logger, string client, long version, string source, string by, long held);

    [LoggerMessage(EventId = 207, Message = "Client {Client}: a snapshot from {Source} is rejected, and {Rules}: {Diagnostic}")]
    public static partial void SnapshotRefused(this ILogger logger, LogLevel level, string client, string source, string rules, SnapshotDiagnostic diagnostic);

    [LoggerMessage(208, LogLevel.Warning, "Client {Client}: a snapshot from {Source} has a fault: {Diagnostic}")]
    public static partial void SnapshotFault(this ILogger logger, string client, string source, SnapshotDiagnostic diagnostic);

    [LoggerMessage(209, LogLevel.Warning, "Client {Client}: a snapshot from {Source} has {Count} more faults, which are not listed.")]
    public static partial void MoreSnapshotFaults(this ILogger logger, string client, string source, int count);

    [LoggerMessage(210, LogLevel.Warning, "Client {Client}: snapshot {Version} in force expired at {ExpiresAt:u}, and still answers. Publish it again with a later 'expiresAt'.")]
    public static partial void SnapshotExpired(this ILogger logger, string client, long version, DateTimeOffset expiresAt);

    [LoggerMessage(EventId = 211, Message = "Client {Client}: source {Source} has not confirmed version {Version} within {MaxStaleness} (MaxStaleness), and the version still answers.{Cause}")]
    public static partial void RulesStale(this ILogger logger, LogLevel level, string client, string? source, long version, TimeSpan maxStaleness, string cause);

    [LoggerMessage(EventId = 212, Message = "Client {Client}: source {Source} has confirmed version {Version}; it is no longer stale.")]
    public static partial void RulesCurrentAgain(this ILogger logger, LogLevel level, string client, string? source, long version);

    [LoggerMessage(213, LogLevel.Warning, "A handler of flag changes failed. It is called again at the next change; its further failures are logged at debug level.")]
    public static partial void ChangeHandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(214, LogLevel.Debug, "A handler of flag changes failed again.")]
    public static partial void ChangeHandlerFailedAgain(this ILogger logger, Exception exception);

    // Sources: 300 to 399.
    [LoggerMessage(EventId = 300, Message = "Client {Client}: {Fault} The client tries the source again until it answers, and {Rules}; further failures, and outages beyond three an hour, are logged at debug level.")]
    public static partial void OutageBegan(this ILogger logger, LogLevel level, string client, string fault, string rules);

    [LoggerMessage(301, LogLevel.Debug, "Client {Client}: attempt {Attempt} failed, and the next one starts in {Pause}: {Fault}")]
    public static partial void AttemptFailed(this ILogger logger, Exception exception, string client, int attempt, TimeSpan pause, string fault);

    [LoggerMessage(EventId = 302, Message = "Client {Client}: source {Source} recovered; version {Version} is current.")]
    public static partial void OutageEnded(this ILogger logger, LogLevel level, string client, string source, long version);

    [LoggerMessage(303, LogLevel.Warning, "Client {Client}: source {Source} cannot report its changes. The client reads it again after a pause until it can; further failures are logged at debug level. {Fault}")]
    public static partial void WatchBroke(this ILogger logger, string client, string source, string fault);

    [LoggerMessage(304, LogLevel.Debug, "Client {Client}: waiting for a change failed, and the client reads the source again in {Pause}: {Fault}")]
    public static partial void WatchFailed(this ILogger logger, Exception exception, string client, TimeSpan pause, string fault);

    [LoggerMessage(EventId = 305, Message = "Client {Client}: the client fails over from source {From} to source {To}. {Fault}")]
    public static partial void SourceLeft(this ILogger logger, LogLevel level, string client, string from, string to, string? fault);

    [LoggerMessage(306, LogLevel.Information, "Client {Client}: preferred source {To} recovered and replaces source {From}.")]
    public static partial void SourceReturned(this ILogger logger, string client, string to, string from);

    [LoggerMessage(307, LogLevel.Debug, "Client {Client}: preferred source {Source} was tried, and has not recovered: {Fault}")]
    public static partial void PreferredSourceFailed(this ILogger logger, Exception exception, string client, string source, string fault);

    [LoggerMessage(308, LogLevel.Warning, "Client {Client}: {Fault} Unless another source serves, {Rules}.")]
    public static partial void SourceStopped(this ILogger logger, string client, string fault, string rules);

    // Fallback: 400 to 499.
    [LoggerMessage(400, LogLevel.Warning, "Client {Client}: version {Version} is in force, but is not kept on disk: {Fault} A restart without the backend starts from an older version. Further ones are not logged until a version is kept.")]
    public static partial void SnapshotNotKept(this ILogger logger, string client, long version, string fault);

    [LoggerMessage(401, LogLevel.Warning, "Client {Client}: more than {Count} signed patches, or more bytes than their snapshot has, have arrived since a whole snapshot. They are in force, but are not kept on disk until the next whole one. Have the backend send a whole snapshot now and then.")]
    public static partial void SignedPatchesOutgrown(this ILogger logger, string client, int count);

    [LoggerMessage(402, LogLevel.Information, "Client {Client}: last-known-good file '{Path}' is written again.")]
    public static partial void LastKnownGoodRecovered(this ILogger logger, string client, string path);

    [LoggerMessage(403, LogLevel.Warning, "Client {Client}: {Fault}")]
    public static partial void LocalFileFault(this ILogger logger, string client, string fault);

    [LoggerMessage(404, LogLevel.Debug, "Client {Client}: local file '{Path}' is not used: {Reason}")]
    public static partial void LocalFileUnused(this ILogger logger, string client, string path, string reason);

    [LoggerMessage(405, LogLevel.Warning, "Client {Client}: last-known-good snapshots are skipped. {Instead}. {Skipped}")]
    public static partial void GenerationsSkipped(this ILogger logger, string client, string instead, string skipped);

    [LoggerMessage(406, LogLevel.Warning, "Client {Client}: {Fault}")]
    public static partial void ControlFileFault(this ILogger logger, string client, string fault);

    [LoggerMessage(407, LogLevel.Warning, "Client {Client}: file '{Path}' with the acts of operators before the restart is not trusted, and no act is restored. {Fault}")]
    public static partial void ControlFileNotBelieved(this ILogger logger, string client, string path, string fault);

    [LoggerMessage(408, LogLevel.Information, "Client {Client}: file '{Path}' with the acts of operators is written again.")]
    public static partial void ControlFileRecovered(this ILogger logger, string client, string path);

    [LoggerMessage(EventId = 409, Message = "Client {Client}: the disk under '{Path}' has not answered since {Since:u}. Flags are served from memory. Snapshots and acts are written when the disk answers; a restart before that loses them. Find what blocks the disk.")]
    public static partial void DiskStalled(this ILogger logger, LogLevel level, string client, string path, DateTimeOffset since);

    [LoggerMessage(EventId = 410, Message = "Client {Client}: the disk under '{Path}' recovered; it had not answered since {Since:u}.")]
    public static partial void DiskRecovered(this ILogger logger, LogLevel level, string client, string path, DateTimeOffset since);

    [LoggerMessage(411, LogLevel.Warning, "Client {Client}: the client has ended, and the disk under '{Path}' did not answer in time. A restart may lack the latest snapshot, kills, holds and overrides. Find what blocks the disk.")]
    public static partial void EndedBeforeTheDisk(this ILogger logger, string client, string path);

    // Control: 500 to 599.
    [LoggerMessage(500, LogLevel.Warning, "Client {Client}: version {Version} is held in force (before: {Previous}), {Act} by {By}, because {Reason}, {Until}. Newer snapshots are accepted, and wait.")]
    public static partial void SnapshotHeld(this ILogger logger, string client, long version, long previous, ControlActKind act, string by, string reason, string until);

    [LoggerMessage(501, LogLevel.Information, "Client {Client}: the client follows the newest accepted snapshot again, now version {Version} (before: {Previous}), {Act} by {By}, because {Reason}.")]
    public static partial void SnapshotFollowed(this ILogger logger, string client, long version, long previous, ControlActKind act, string by, string reason);

    [LoggerMessage(502, LogLevel.Information, "Client {Client}: the client follows the newest accepted snapshot again, now version {Version}: the hold of {By} on version {Held} has expired. Its reason: {Reason}.")]
    public static partial void HoldExpired(this ILogger logger, string client, long version, string by, long held, string reason);

    [LoggerMessage(503, LogLevel.Warning, "Client {Client}: version {Version} is held in force again after the restart, by {By}, because {Reason}. Newer snapshots are accepted, and wait.")]
    public static partial void HoldRestored(this ILogger logger, string client, long version, string by, string reason);

    [LoggerMessage(504, LogLevel.Warning, "Client {Client}: version {Version}, which {By} holds in force, expired at {ExpiresAt:u}. The hold outranks the expiry: the version answers until it is released.")]
    public static partial void HeldSnapshotExpired(this ILogger logger, string client, long version, string by, DateTimeOffset expiresAt);

    [LoggerMessage(505, LogLevel.Warning, "Client {Client}: flag {Flag} serves variant {Variant} to every caller, {Act} by {By}, because {Reason}, {Until}.")]
    public static partial void FlagOverridden(this ILogger logger, string client, string flag, string variant, ControlActKind act, string by, string reason, string until);

    [LoggerMessage(506, LogLevel.Warning, "Client {Client}: flag {Flag} would serve variant {Variant} to every caller ({Act} by {By}, because {Reason}), but the snapshot in force has no valid variant of that name. The override takes effect when a snapshot has one.")]
    public static partial void OverrideWithoutEffect(this ILogger logger, string client, string flag, string variant, ControlActKind act, string by, string reason);

    [LoggerMessage(507, LogLevel.Warning, "Client {Client}: flag {Flag} serves variant {Variant} to every caller as soon as there are rules. {By} overrode it before the restart, because {Reason}, {Until}.")]
    public static partial void OverrideRestored(this ILogger logger, string client, string flag, string variant, string by, string reason, string until);

    [LoggerMessage(508, LogLevel.Information, "Client {Client}: flag {Flag} follows its rules again: {Act}, {By}, {Reason}.")]
    public static partial void OverrideEnded(this ILogger logger, string client, string flag, ControlActKind act, string by, string reason);

    [LoggerMessage(509, LogLevel.Warning, "Client {Client}: the client requests the current document of the source and accepts any version, by order of {By}, because {Reason}. The order holds until {Until:u}.")]
    public static partial void AcceptanceOrdered(this ILogger logger, string client, string by, string reason, DateTimeOffset until);

    [LoggerMessage(510, LogLevel.Warning, "Client {Client}: version {Version} of the source is accepted without a check of its version (newest before: {Previous}), by order of {By}, because {Reason}. Kept files with a higher version are set aside.{Ended}")]
    public static partial void CurrentAccepted(this ILogger logger, string client, long version, long previous, string by, string reason, string ended);

    [LoggerMessage(511, LogLevel.Warning, "Client {Client}: {Source} killed flag {Flag}; every caller gets variant {Variant} until a snapshot newer than version {Version} arrives.")]
    public static partial void FlagKilled(this ILogger logger, string client, string flag, string variant, long version, string source);

    [LoggerMessage(EventId = 512, Message = "Client {Client}: {Source} killed {Count} further flags, the last one {Flag}; every caller gets variant {Variant} until a snapshot newer than version {Version} arrives.")]
    public static partial void MoreFlagsKilled(this ILogger logger, LogLevel level, string client, string source, int count, string flag, string variant, long version);

    [LoggerMessage(513, LogLevel.Warning, "Client {Client}: {Source} killed flag {Flag} to variant {Variant}, but the snapshot in force has no valid variant of that name. Kill the flag to one of its variants.")]
    public static partial void KillWithoutEffect(this ILogger logger, string client, string flag, string variant, string source);

    [LoggerMessage(EventId = 514, Message = "Client {Client}: {Source} sent {Count} further kills of flags or variants that the snapshot in force does not have, the last one of flag {Flag} to variant {Variant}. Kill flags to their own variants.")]
    public static partial void MoreKillsWithoutEffect(this ILogger logger, LogLevel level, string client, string source, int count, string flag, string variant);

    [LoggerMessage(515, LogLevel.Warning, "Client {Client}: {Source} killed more than {Count} flags that no accepted snapshot has. The client forgets the earliest of these kills. Send kills of flags that exist. Further ones are not logged.")]
    public static partial void UnknownKillsForgotten(this ILogger logger, string client, string source, int count);

    [LoggerMessage(EventId = 516, Message = "Client {Client}: a kill from {Source} is applied, and no snapshot will end it: {Diagnostic}")]
    public static partial void KillFarAhead(this ILogger logger, LogLevel level, string client, string source, SnapshotDiagnostic diagnostic);

    [LoggerMessage(517, LogLevel.Warning, "Client {Client}: a kill from {Source} is applied, and has a fault: {Diagnostic}")]
    public static partial void KillWarning(this ILogger logger, string client, string source, SnapshotDiagnostic diagnostic);

    [LoggerMessage(518, LogLevel.Information, "Client {Client}: flag {Flag} serves variant {Variant} where a context or a scope forces it for a test, by {By}. Further answers are not logged.")]
    public static partial void VariantForced(this ILogger logger, string client, string flag, string variant, string by);

    [LoggerMessage(519, LogLevel.Warning, "Client {Client}: guard {Guard} of flag {Flag} tripped on variant {Variant}: {Evidence} {Response} Repair the variant. Then publish the flag with a higher attempt, or reset its guards.")]
    public static partial void GuardTripped(this ILogger logger, string client, string guard, string flag, string variant, string evidence, string response);

    [LoggerMessage(520, LogLevel.Warning, "Client {Client}: guard {Guard} of flag {Flag} is still tripped after the restart, on variant {Variant} since {Since:u}: {Evidence} {Response}")]
    public static partial void GuardRestored(this ILogger logger, string client, string guard, string flag, string variant, DateTimeOffset since, string evidence, string response);

    [LoggerMessage(521, LogLevel.Information, "Client {Client}: guard {Guard} of flag {Flag} probes: {Percent} % of the units get variant {Variant} again. {Why}")]
    public static partial void ProbeBegun(this ILogger logger, string client, string guard, string flag, decimal percent, string variant, string why);

    [LoggerMessage(522, LogLevel.Information, "Client {Client}: the probe of guard {Guard} of flag {Flag} ended, and no unit gets variant {Variant}. {Why}")]
    public static partial void ProbeEnded(this ILogger logger, string client, string guard, string flag, string variant, string why);

    [LoggerMessage(523, LogLevel.Information, "Client {Client}: the trip of guard {Guard} of flag {Flag} ended. {Why}")]
    public static partial void GuardClosed(this ILogger logger, string client, string guard, string flag, string why);

    [LoggerMessage(524, LogLevel.Information, "Client {Client}: {Trips} trips of guards and {Ramps} positions of rollouts of flag {Flag} ended, by {By}, because {Reason}. Its guards and gates begin anew.")]
    public static partial void GuardsReset(this ILogger logger, string client, int trips, int ramps, string flag, string by, string reason);

    [LoggerMessage(525, LogLevel.Information, "Client {Client}: the {Rollout} of flag {Flag} reached {Percent} %. {Cause}")]
    public static partial void StepReached(this ILogger logger, string client, string rollout, string flag, decimal percent, string cause);

    [LoggerMessage(526, LogLevel.Warning, "Client {Client}: the {Rollout} of flag {Flag} stays at {Percent} % or below. {Cause} Find the cause. Then publish the flag with a higher attempt, or reset its guards.")]
    public static partial void RampPaused(this ILogger logger, string client, string rollout, string flag, decimal percent, string cause);

    [LoggerMessage(527, LogLevel.Information, "Client {Client}: {Count} positions of rollouts from before the restart hold again, {Paused} of them paused.")]
    public static partial void RampsRestored(this ILogger logger, string client, int count, int paused);

    [LoggerMessage(528, LogLevel.Warning, "Client {Client}: more than {Count} trips of guards or positions of rollouts hold. The client forgets the oldest, first those of flags that the snapshot in force does not have. Reset what is repaired. Logged once.")]
    public static partial void CanaryForgotten(this ILogger logger, string client, int count);

    [LoggerMessage(529, LogLevel.Warning, "Client {Client}: trips of guards and positions of rollouts are not kept on disk, and a restart forgets them. The client trusts keys, and has none of its own to seal the file with. Give TrustKeys a LocalKey. Logged once.")]
    public static partial void CanaryNotKept(this ILogger logger, string client);
    [LoggerMessage(590, LogLevel.Information, "Client {Client}: snapshot {Version} is adopted and in force (before: {Previous}), {Waited} after the first snapshot began to wait.")]
    public static partial void SnapshotAdopted(this ILogger logger, string client, long version, long previous, TimeSpan waited);

    // Reporting: 600 to 699.
    [LoggerMessage(600, LogLevel.Warning, "Client {Client}: usage cannot be reported to {Reporter}: {Fault} The counts are kept, and reported when it answers; further failures are logged at debug level.")]
    public static partial void UsageNotTold(this ILogger logger, string client, string reporter, string fault);

    [LoggerMessage(601, LogLevel.Debug, "Client {Client}: usage cannot be reported to {Reporter} after {Attempts} attempts: {Fault}")]
    public static partial void UsageNotToldAgain(this ILogger logger, Exception exception, string client, string reporter, int attempts, string fault);

    [LoggerMessage(602, LogLevel.Information, "Client {Client}: usage is reported to {Reporter} again.")]
    public static partial void UsageToldAgain(this ILogger logger, string client, string reporter);

    [LoggerMessage(603, LogLevel.Warning, "Client {Client}: more than {Count} different answers of flags wait for {Reporter}; further ones are not counted until these are reported. Repair the reporter, or report more often (UsageInterval).")]
    public static partial void UsageOutgrown(this ILogger logger, string client, string reporter, int count);

    [LoggerMessage(604, LogLevel.Warning, "Client {Client}: an outcome of metric '{Metric}' has the value {Value}, which no analysis can use. It is not recorded. Pass a finite number. Further ones are not logged.")]
    public static partial void OutcomeRefused(this ILogger logger, string client, string metric, double value);

    [LoggerMessage(605, LogLevel.Warning, "Client {Client}: events cannot be sent to {Sink}: {Fault} They wait, and are sent when it recovers; further failures are logged at debug level.")]
    public static partial void EventsNotSent(this ILogger logger, string client, string sink, string fault);

    [LoggerMessage(606, LogLevel.Debug, "Client {Client}: events cannot be sent to {Sink} after {Rounds} rounds of attempts: {Fault}")]
    public static partial void EventsNotSentAgain(this ILogger logger, Exception exception, string client, string sink, int rounds, string fault);

    [LoggerMessage(607, LogLevel.Information, "Client {Client}: events are sent to {Sink} again.")]
    public static partial void EventsSentAgain(this ILogger logger, string client, string sink);

    [LoggerMessage(608, LogLevel.Warning, "Client {Client}: the queue for {Sink} is full. Further events become part of counts, without unit and id, while it is. Look at the sink, or raise Capacity and MaxQueuedBytes. Logged once.")]
    public static partial void EventQueueFull(this ILogger logger, string client, string sink);

    [LoggerMessage(609, LogLevel.Warning, "Client {Client}: the queue for {Sink} and its {Count} counts are full: further events are lost, and counted as such. Look at the sink, and at names that code composes. Logged once.")]
    public static partial void EventCountsFull(this ILogger logger, string client, string sink, int count);

    [LoggerMessage(EventId = 610, Message = "Client {Client}: {Count} events for {Sink} are lost: {Cause}. {Fault} Further losses of this cause are logged at debug level.")]
    public static partial void EventsDropped(this ILogger logger, LogLevel level, string client, long count, string sink, EventLossCause cause, string fault);

    [LoggerMessage(611, LogLevel.Warning, "Client {Client}: the client has ended, and {Count} events for {Sink} were not delivered within {Deadline}. They are lost.{Fault}")]
    public static partial void EventsLostAtEnd(this ILogger logger, string client, long count, string sink, TimeSpan deadline, string fault);

    [LoggerMessage(612, LogLevel.Warning, "Client {Client}: events for {Sink} cannot be spilled to disk or read back. {Fault} They wait in memory until that is over. Make room, correct the folder's rights, or find what blocks the disk.")]
    public static partial void SpillFailed(this ILogger logger, string client, string sink, string fault);

    [LoggerMessage(613, LogLevel.Information, "Client {Client}: events for {Sink} can be spilled to disk again.")]
    public static partial void SpillRecovered(this ILogger logger, string client, string sink);

    [LoggerMessage(614, LogLevel.Information, "Client {Client}: an earlier run left {Bytes} bytes of spilled events for {Sink}. They are sent.")]
    public static partial void SpillAdopted(this ILogger logger, string client, long bytes, string sink);

    [LoggerMessage(640, LogLevel.Error, "Client {Client}: the recorder of {Sink} failed. Evaluations are not affected; its events may be incomplete. Report it to the maker of the package. Logged once.")]
    public static partial void RecorderFailed(this ILogger logger, Exception exception, string client, string sink);

    // Canary: 700 to 799.
    [LoggerMessage(700, LogLevel.Warning, "Client {Client}: migration {Migration} got {Cause} from flag {Flag}, and is in its safe stage {Stage}. Serve off, dual-write, shadow, live, ramp-down or complete. Logged once for this cause.")]
    public static partial void MigrationStageMissing(this ILogger logger, string client, string migration, string cause, string flag, string stage);

    [LoggerMessage(EventId = 701, Message = "Client {Client}: a write of migration {Migration} failed on the {Side} side in stage {Stage}; the authoritative side has it. Write or copy its key again before the stage moves. Beyond 5 in an hour, logged at debug level.")]
    public static partial void MigrationWriteMissed(this ILogger logger, LogLevel level, Exception exception, string client, string migration, string side, string stage);

    [LoggerMessage(EventId = 702, Message = "Client {Client}: a check of migration {Migration} against the {Side} side failed in stage {Stage}. Its caller is not affected. Look at the side or the comparison. Beyond 5 in an hour, logged at debug level.")]
    public static partial void MigrationCheckFailed(this ILogger logger, LogLevel level, Exception exception, string client, string migration, string side, string stage);

    [LoggerMessage(EventId = 703, Message = "Client {Client}: a read of migration {Migration} in stage {Stage} found {Count} differences between the sides, the first at '{Path}'. Find their cause before the stage moves. Beyond 5 in an hour, logged at debug level.")]
    public static partial void MigrationMismatched(this ILogger logger, LogLevel level, string client, string migration, string stage, int count, string path);

    [LoggerMessage(EventId = 704, Message = "Client {Client}: a read of migration {Migration} failed on the new side in stage {Stage}, and the old side answered. Repair the new side. Beyond 5 in an hour, logged at debug level.")]
    public static partial void MigrationFellBack(this ILogger logger, LogLevel level, Exception exception, string client, string migration, string stage);

    [LoggerMessage(EventId = 705, Message = "Client {Client}: the mismatch handler of migration {Migration} failed. No read is affected. Beyond 5 in an hour, logged at debug level.")]
    public static partial void MigrationHandlerFailed(this ILogger logger, LogLevel level, Exception exception, string client, string migration);

    [LoggerMessage(720, LogLevel.Debug, "Client {Client}: a call of flag {Flag} failed with variant {Variant}, and control answered it.")]
    public static partial void TreatmentFailed(this ILogger logger, Exception exception, string client, string flag, string variant);

    [LoggerMessage(721, LogLevel.Error, "Client {Client}: a watch of outcomes failed. Callers are not affected; its guard may miss outcomes. Report it to the maker of the package. Logged once.")]
    public static partial void OutcomeWatchFailed(this ILogger logger, Exception exception, string client);

    [LoggerMessage(EventId = 740, Message = "Client {Client}: guard {Guard} of flag {Flag} would have tripped, were it not a dry run: {Evidence}. Remove 'dryRun' once you trust it. Beyond 5 in an hour, logged at debug level.")]
    public static partial void GuardDryRunTripped(this ILogger logger, LogLevel level, string client, string guard, string flag, string evidence);

    [LoggerMessage(741, LogLevel.Warning, "Client {Client}: guard {Guard} of flag {Flag}, given in code, watches nothing: {Missing}. Correct its names, or remove it. Logged once.")]
    public static partial void GuardIdle(this ILogger logger, string client, string guard, string flag, string missing);
}
