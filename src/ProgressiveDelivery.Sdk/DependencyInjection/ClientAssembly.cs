using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Canary;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Reporting.Spill;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Status;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Puts a client together from what was registered, and touches neither disk nor network. Only rules in memory are in force at once.</summary>
internal sealed class ClientAssembly
{
    private static readonly TimeSpan MinWait = TimeSpan.FromSeconds(1);

    private readonly ClientRegistration _registration;
    private readonly ProgressiveDeliveryOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly ClientLogs _logs;
    private readonly SourceList _sources;
    private readonly ISnapshotSource _preferred;
    private readonly string _identity;
    private readonly TrustedKeys? _keys;
    private readonly ControlSeal _seal;
    private readonly UsageChannel?[] _ofSources;
    private readonly UsageChannel[] _always;
    private readonly EventSinkHandle[] _sinks;

    private ClientAssembly(IServiceProvider services, ClientRegistration registration)
    {
        OptionsFaults.ThrowIfAny(services, registration);
        _registration = registration;
        _services = services;
        _options = Options<ProgressiveDeliveryOptions>();
        _clock = ClockOf(services);
        _logs = new(services.GetRequiredService<ILoggerFactory>());
        _keys = Keys();
        var inputs = new SourceInputs(services, _options.Limits, _clock, _keys, _options.UsageInterval);
        _sources = new(
            [.. registration.Sources.Select(source => source.Make(inputs, registration.Label))], Options<FailoverOptions>(), MaxWait(_options.MaxStaleness), _clock, Random.Shared);
        _preferred = _sources.InUse.Source;
        _ofSources = [.. registration.Sources.Select(source => source.Report?.Invoke(inputs)).Select(Channel)];
        _always = [.. registration.Reporters.Select(create => Channel(create(services)) ?? throw new InvalidOperationException($"Feature client '{registration.Label}': {nameof(ProgressiveDeliveryBuilder.ReportUsageTo)} got null instead of a reporter. Give one, or remove the call."))];
        _sinks = EventSinkHandle.Of(registration.Sinks.Select(Sink));
        _identity = _preferred.Name + registration.Sources[0].Identity(inputs);
        _seal = Seal();
    }

    /// <exception cref="OptionsValidationException">The client's options are invalid; the message names every error.</exception>
    public static FeatureClient Create(IServiceProvider services, ClientRegistration registration) =>
        new ClientAssembly(services, registration).Build();

    private FeatureClient Build()
    {
        var counters = new EvaluationCounters();
        var ledger = new UsageLedger(TellsUsage, _registration.CountsEvaluations);
        var options = Options<AssignmentOptions>();
        var memory = new AssignmentMemory(options.Remembered);
        var shared = Shared(memory, options);
        var evaluation = new EvaluationServices(shared is null ? memory : shared, counters) { Host = Host() };
        var trail = new ControlTrail(_logs.Control, _registration.Label);
        var forcing = new VariantForcing(AllowsForcedVariants, forced => trail.AddForced(forced, _clock.GetUtcNow()), _logs.Evaluation, _registration.Label);
        var channels = Channels();
        var events = Events(channels);
        var queue = _registration.Sinks.Exists(sink => sink.Recorder is null) ? events : null;
        var backends = Backends(channels, evaluation);
        var units = EventUnits();
        var refuse = Refuse();
        var (executions, journal) = (ExecutionMeter(), new ExecutionJournal(_logs.Canary, _registration.Label));
        var canary = Canary();
        var results = new OutcomeLedger(canary, executions is null ? null : executions.Ended, refuse, journal.WatchFailed);
        executions?.Observe(() => results.Calls, () => results.Fallbacks);
        var experiments = queue is null ? null : new ExperimentWatches(new ExperimentJournal(_logs.Evaluation, _registration.Label), _clock);
        var snapshots = new SnapshotServices(
            _clock, evaluation, new(_logs.Evaluation, counters, _options.ThrowOnUnknownFlag), _options.MaxStaleness, ledger, EvaluationEvents(), Exposures(queue, units, evaluation, experiments), backends, forcing, results, journal);
        FeatureClient? client = null;
        var first = FeatureSnapshot.NotReady(snapshots, () => client?.Asked());
        var store = new SnapshotStore(first, new(_logs.Refresh));
        var status = new ClientStatusTracker(() => _sources.InUse.Name, first, _clock, _options.MaxStaleness);
        if (_options.MaxStaleness is { } max)
            StalenessWatch.Begin(status, max, new(_logs.Refresh, _registration.Label, _clock), _clock);
        var board = new OverlayBoard();
        var acceptance = new SnapshotAcceptance(snapshots, _options.Limits, _options.MaxQuarantinedShare, _keys);
        var steering = new SnapshotSteering(store, acceptance, status, board, _options.HistoryLength, _clock) { Plan = Plan(evaluation.Host!) };
        var (orders, disk) = (new AcceptanceOrders(_clock), Disk(status));
        var meter = Meter(counters, status, ledger);
        var control = new SnapshotControl(steering, trail, new(trail, meter), KeepControl(disk, acceptance, steering), orders, _seal.CanBeBelieved, _clock);
        var health = new AdoptionGuard(Options<AdoptionOptions>(), control, _clock);
        if (health.Begin())
            results.ProcessWatch = new AdoptionWatch(health);
        meter?.Observe(() => store.Current.Rules.Quarantined, () => _sources.Streams);
        meter?.Observe(() => forcing.Answers, () => memory.Evicted);
        if (shared is not null)
            meter?.ObserveAssignments(() => shared.Queued, () => shared.Counts.Results, () => shared.Counts.Calls);
        if (events is not null)
            meter?.Observe(() => events.Status);
        if (experiments is not null)
            meter?.Observe(() => experiments.Health);
        var diary = new SourceDiary(_sources, [.. _registration.Sources.Select(source => source.Kind)], _keys is not null, _clock);
        var feed = new SnapshotFeed(_options.Limits, () => status.IsConfirmed, _clock) { Wake = orders.Wake };
        var loop = Loop(store, status, meter, board, acceptance, steering, control, trail, orders, disk, diary, feed);
        var outcomes = Outcomes(queue, backends, units, evaluation, refuse);
        canary.Begin(control.Canary, () => store.Current);
        client = new(store, status, steering, control, health, new ClientDiagnostics(store, steering, diary, ledger), feed, loop, Usage(ledger), events, outcomes, experiments, canary, shared, new(evaluation.WithoutEffects, outcomes, shared), snapshots, _options.InitializationTimeout);
        // What is kept on disk may outrank the rules in memory, a version that an operator holds above all: the loop looks there first.
        if (_registration.LastKnownGoodFolder is null)
            client.Begin(_registration.BundledDocument);
        return client;
    }

    private CanaryServices Canary() => new(
        _registration.Guards.GroupBy(entry => entry.Flag, entry => entry.Guard, StringComparer.Ordinal).ToDictionary(guards => guards.Key, guards => guards.ToArray(), StringComparer.Ordinal),
        new(_logs.Canary, _registration.Label, _clock),
        _clock);

    private RefreshLoop Loop(
        SnapshotStore store,
        ClientStatusTracker status,
        FeatureMeter? meter,
        OverlayBoard board,
        SnapshotAcceptance acceptance,
        SnapshotSteering steering,
        SnapshotControl control,
        ControlTrail trail,
        AcceptanceOrders orders,
        ClientDisk disk,
        SourceDiary diary,
        SnapshotFeed feed)
    {
        var journal = new RefreshJournal(_logs, _registration.Label, () => _sources.InUse.Name, _clock);
        var generations = Generations();
        var keeper = Keeper(generations, disk) is { } writer ? new LastKnownGoodKeeper(writer, SignedTexts(), _options.Limits, journal, _clock) : null;
        var keptKills = KillsFile();
        var killJournal = new KillJournal(_logs, _registration.Label, () => _sources.InUse.Name, _clock);
        var kills = new KillOrders(board, acceptance, steering, store, killJournal, keptKills, Keeper(keptKills, disk), _preferred.Format, feed);
        feed.Begin = new FeedBeginning(feed, _sources, acceptance, steering, kills, _registration.BundledDocument).Run;
        var refresh = new SnapshotRefresh(_sources, acceptance, steering, status, journal, diary, keeper, kills, new(orders, steering, kills, trail, _clock), disk, feed, meter, new(_registration.Label), _clock);
        var fallbacks = new LocalFallbacks(generations, Bundled(), disk, BundledDisk(), _sources.Formats, acceptance, steering, journal, kills, control, feed);
        return new(refresh, fallbacks, _sources, _clock);
    }

    private bool TellsUsage => _always.Length > 0 || Array.Exists(_ofSources, channel => channel is not null);

    // While the backend of the source in use takes no reports, the first one that does gets them.
    private UsageLoop? Usage(UsageLedger ledger)
    {
        if (!TellsUsage)
            return null;
        UsageChannel[] told = [.. _ofSources.OfType<UsageChannel>()];
        return new(ledger, _always, () => _ofSources[_sources.InUse.Rank] ?? told.FirstOrDefault(), told, _options.UsageInterval, _clock, Random.Shared);
    }

    private EventChannel[] Channels()
    {
        var options = Options<EventPipelineOptions>();
        return [.. _sinks.Select((sink, place) => new EventChannel(sink, options, _logs.Reporting, _registration.Label, _clock, Random.Shared, Spill(sink, place, options)))];
    }

    // Null without sinks: events are then not recorded at all.
    private EventPipeline? Events(EventChannel[] channels) => channels.Length == 0 ? null : new(
        [.. channels.Where((_, place) => _registration.Sinks[place].Recorder is null)],
        [.. channels.Where((_, place) => _registration.Sinks[place].Recorder is not null)]);

    private BackendRecordings? Backends(EventChannel[] channels, EvaluationServices evaluation)
    {
        BackendRecording[] recordings = [.. channels.Select((channel, place) => Recording(channel, place, evaluation)).OfType<BackendRecording>()];
        return recordings.Length == 0 ? null : new(recordings);
    }

    private BackendRecording? Recording(EventChannel channel, int place, EvaluationServices evaluation)
    {
        if (_registration.Sinks[place].Recorder is not { } create)
            return null;
        var (sink, services) = (_sinks[place], new RecorderServices(new SinkQueue(channel), Options<ExposureOptions>(), _clock));
        return new(create(_services, sink.Sink, services), evaluation.WithoutEffects, _clock, fault => _logs.Reporting.RecorderFailed(fault, _registration.Label, sink.Name));
    }

    // The events of a backend's own recorder have no form on disk.
    private SpillStore? Spill(EventSinkHandle sink, int place, EventPipelineOptions options) =>
        options.SpillFolder is { } folder && _registration.Sinks[place].Recorder is null ? new(FullPath(folder), _registration.Label, sink.Name, options, SpillDisk.Of(Files(), _clock)) : null;

    private (IEventSink Sink, bool IsOwned) Sink(EventSinkRegistration sink) =>
        (sink.Create(_services) ?? throw new InvalidOperationException($"Feature client '{_registration.Label}': {sink.Verb} was given null in place of a sink. Give one, or leave the line out."), sink.IsOwned);

    private UsageChannel? Channel(IUsageReporter? reporter) =>
        reporter is null ? null : new(reporter, _options.UsageInterval, _logs.Reporting, _registration.Label, _clock);

    private SharedAssignments? Shared(AssignmentMemory memory, AssignmentOptions options) => _registration.Assignments is not { } create ? null : new(
        memory,
        create(_services, options) ?? throw new InvalidOperationException($"Feature client '{_registration.Label}': the store of assignments is null. Give one, or leave the line out."),
        options,
        _logs.Evaluation,
        _registration.Label,
        _clock,
        Random.Shared);

    private AdoptionPlan? Plan(EvaluationContext host) => Options<AdoptionOptions>() is { BakeTime: { Ticks: > 0 } bake, Salt: var salt } ? new(bake, host.TargetingKey!, salt) : null;

    private EvaluationContext Host() => HostFacts.Of(_services.GetService<IHostEnvironment>()).Context(Options<HostContextOptions>());

    // Without a host nothing tells whether this is Production.
    private bool AllowsForcedVariants => _options.AllowForcedVariants ?? (_services.GetService<IHostEnvironment>() is { } environment && !environment.IsProduction());

    private EventUnits EventUnits() => new([.. Options<ExposureOptions>().Attributes.Select(text => AttributeReference.TryParse(text, out var reference) ? reference : null).OfType<AttributeReference>()]);

    private ExposureRecorder? Exposures(IEventQueue? events, EventUnits units, EvaluationServices evaluation, ExperimentWatches? experiments) =>
        events is null ? null : new(Options<ExposureOptions>(), units, events, evaluation.WithoutEffects, _clock, experiments);

    private OutcomeRecorder? Outcomes(IEventQueue? events, BackendRecordings? backends, EventUnits units, EvaluationServices evaluation, Action<string, double> refuse) =>
        events is null && backends is null ? null : new(units, events, backends, refuse, evaluation.WithoutEffects, _clock);

    // One warning for events and guards together.
    private Action<string, double> Refuse()
    {
        var refused = 0;
        return (metric, value) =>
        {
            if (Interlocked.Exchange(ref refused, 1) == 0)
                _logs.Reporting.OutcomeRefused(_registration.Label, metric, value);
        };
    }

    private ExecutionMeter? ExecutionMeter() => _services.GetService<IMeterFactory>() is { } meters ? new(meters, _registration.Label) : null;

    private EvaluationEvents? EvaluationEvents() => _registration.EmitsEvaluationEvents
        ? new(Options<EvaluationEventOptions>(), _logs.Evaluations, _registration.Label)
        : null;

    private FeatureMeter? Meter(EvaluationCounters counters, ClientStatusTracker status, UsageLedger ledger)
    {
        if (_services.GetService<IMeterFactory>() is not { } meters)
            return null;
        var meter = new FeatureMeter(meters, _registration.Label, counters, () => status.Current);
        if (_registration.CountsEvaluations)
            meter.Observe(() => ledger.Totals().Select(total => (total.Flag, total.Variant, ReasonNames.Of(total.Reason), total.Count)));
        return meter;
    }

    // Two threads: the folder may hang while the application's own files can be read.
    private ClientDisk Disk(ClientStatusTracker status)
    {
        var thread = new DiskThread(_clock);
        var folder = Path.GetDirectoryName(Stem()) ?? "";
        _ = new DiskWatch(thread, folder, status.DiskStalled, _logs.Fallback, _registration.Label, _clock);
        return new(folder, thread, _clock);
    }

    private DiskThread BundledDisk()
    {
        var thread = new DiskThread(_clock);
        _ = new DiskWatch(thread, _registration.BundledFile ?? "", _ => { }, _logs.Fallback, _registration.Label, _clock);
        return thread;
    }

    private IFileSystem Files() => FilesOf(_services);

    private string? Stem() =>
        _registration.LastKnownGoodFolder is { } folder ? FallbackPath.Of(FullPath(folder), _registration.Label, _identity) : null;

    private SnapshotGenerations? Generations() => Stem() is { } stem
        ? new(stem, [.. _sources.Formats.Select(format => format.Name)], _options.Limits.MaxKeptBytes, _registration.Generations, Files(), _clock)
        : null;

    private LastKnownGoodFile? KillsFile() => Stem() is { } stem && _sources.MayKill
        ? new($"{stem}.kills", KillOrders.Format, _options.Limits.MaxKeptBytes, Files(), _clock)
        : null;

    private ControlKeeper? KeepControl(ClientDisk disk, SnapshotAcceptance acceptance, SnapshotSteering steering) => Stem() is { } stem
        ? new(new($"{stem}.control", ControlJson.Format, _options.Limits.MaxKeptBytes, Files(), _clock), disk, acceptance, steering, _options.Limits, _seal, _logs.Fallback, _registration.Label, _clock)
        : null;

    private FallbackKeeper? Keeper(IFallbackPlace? place, ClientDisk disk) => place is null ? null : new(place, disk, _logs.Fallback, _registration.Label);

    private SignedTexts? SignedTexts() => _keys is not null && _sources.MayKill ? new(_logs.Fallback, _registration.Label) : null;

    private TrustedKeys? Keys() => _registration.TrustsKeys ? new(Options<SignatureOptions>()) : null;

    private ControlSeal Seal() => _registration.TrustsKeys
        ? new(Options<SignatureOptions>().LocalKey is { } key ? new(key, _registration.Label, _identity) : null, isAskedFor: true)
        : new(seal: null, isAskedFor: false);

    private BundledSnapshotFile? Bundled() =>
        _registration.BundledFile is { } path ? new(FullPath(path), _options.Limits.MaxBytes, Files()) : null;

    private string FullPath(string path) => BaseFolder.FullPath(_services, path);

    private TOptions Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>()
        where TOptions : class => _services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(_registration.OptionsName);

    // Read twice in the time, an unchanged source confirms the rules before they count as stale.
    private static TimeSpan? MaxWait(TimeSpan? maxStaleness) => (maxStaleness / 2) switch
    {
        { } half when half < MinWait => MinWait,
        var half => half,
    };

    /// <summary>The disk: the real one unless tests play another.</summary>
    public static IFileSystem FilesOf(IServiceProvider services) => services.GetService<IFileSystem>() ?? new DiskFileSystem();

#pragma warning disable RS0030 // The one place that chooses the clock.
    public static TimeProvider ClockOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
#pragma warning restore RS0030
}
