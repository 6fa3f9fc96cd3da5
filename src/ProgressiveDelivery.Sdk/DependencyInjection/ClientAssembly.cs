using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Puts a client together from what was registered. It starts nothing, and touches neither disk nor network.</summary>
internal sealed class ClientAssembly
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly ClientRegistration _registration;
    private readonly ProgressiveDeliveryOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SourceList _sources;
    private readonly ISnapshotSource _preferred;
    private readonly string _identity;
    private readonly TrustedKeys? _keys;
    private readonly UsageChannel?[] _ofSources;
    private readonly UsageChannel[] _always;

    private ClientAssembly(IServiceProvider services, ClientRegistration registration)
    {
        OptionsFaults.ThrowIfAny(services, registration);
        _registration = registration;
        _services = services;
        _options = Options<ProgressiveDeliveryOptions>();
        _clock = ClockOf(services);
        _logger = new IsolatedLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger(FeatureMeter.Name));
        _keys = Keys();
        var inputs = new SourceInputs(services, _options.Limits, _clock, _keys, _options.UsageInterval);
        _sources = new(
            [.. registration.Sources.Select(source => source.Create(inputs))], Options<FailoverOptions>(), LongestWait(_options.MaxStaleness), _clock, Random.Shared);
        _preferred = _sources.InUse.Source;
        _ofSources = [.. registration.Sources.Select(source => source.Report?.Invoke(inputs)).Select(Channel)];
        _always = [.. registration.Reporters.Select(create => Channel(create(services)) ?? throw new InvalidOperationException($"Feature client '{registration.Label}': {nameof(ProgressiveDeliveryBuilder.ReportUsageTo)} was given null in place of a reporter. Give one, or leave the line out."))];
        _identity = _sources.InUse.Name + registration.Sources[0].Identity(inputs);
    }

    /// <exception cref="OptionsValidationException">Something is wrong with the client's options; names all of it.</exception>
    public static FeatureClient Create(IServiceProvider services, ClientRegistration registration) =>
        new ClientAssembly(services, registration).Build();

    private FeatureClient Build()
    {
        var counters = new EvaluationCounters();
        var ledger = TellsUsage ? new UsageLedger() : null;
        var shared = new SnapshotServices(
            _clock, new(Assignments(), counters), new(_logger, counters, _options.Strict), _options.MaxStaleness, ledger);
        var first = FeatureSnapshot.NotReady(shared);
        var store = new SnapshotStore(first, new(_logger));
        var status = new ClientStatusTracker(() => _sources.InUse.Name, first, _clock, _options.MaxStaleness);
        if (_options.MaxStaleness is { } max)
            _ = new StalenessWatch(status, max, new(_logger, _registration.Label, _clock), _clock);
        var board = new OverlayBoard();
        var acceptance = new SnapshotAcceptance(shared, _options.Limits, _options.QuarantineShare, board, _keys);
        var steering = new SnapshotSteering(store, acceptance, status, board, _options.HistoryLength, _clock);
        var control = new SnapshotControl(steering, new(_logger, _registration.Label), KeepControl(acceptance, steering), _registration.TrustsKeys, _clock);
        var loop = Loop(store, status, Meter(counters, status), board, acceptance, steering, control);
        return new(store, status, steering, control, loop, Usage(ledger), shared, _options.InitialisationTimeout);
    }

    private RefreshLoop Loop(
        SnapshotStore store,
        ClientStatusTracker status,
        FeatureMeter? meter,
        OverlayBoard board,
        SnapshotAcceptance acceptance,
        SnapshotSteering steering,
        SnapshotControl control)
    {
        var journal = new RefreshJournal(_logger, _registration.Label, () => _sources.InUse.Name, _clock);
        var generations = Generations();
        var keeper = Keeper(generations) is { } writer ? new LastKnownGoodKeeper(writer, SignedTexts(), _clock) : null;
        var keptKills = KillsFile();
        var kills = new KillOrders(board, acceptance, steering, store, journal, keptKills, Keeper(keptKills), _preferred.Format);
        var refresh = new SnapshotRefresh(_sources, acceptance, steering, status, journal, keeper, kills, meter, _clock);
        var fallbacks = new LocalFallbacks(generations, Bundled(), _sources.Formats, acceptance, steering, journal, kills, control);
        return new(refresh, fallbacks, _sources, _clock);
    }

    private bool TellsUsage => _always.Length > 0 || Array.Exists(_ofSources, channel => channel is not null);

    // While a source serves whose backend wants to hear nothing, the first one that does is told what is served in its place.
    private UsageLoop? Usage(UsageLedger? ledger)
    {
        if (ledger is null)
            return null;
        UsageChannel[] told = [.. _ofSources.OfType<UsageChannel>()];
        return new(ledger, _always, () => _ofSources[_sources.InUse.Rank] ?? told.FirstOrDefault(), told, _options.UsageInterval, _clock, Random.Shared);
    }

    private UsageChannel? Channel(IUsageReporter? reporter) =>
        reporter is null ? null : new(reporter, _options.UsageInterval, _logger, _registration.Label, _clock);

    private IAssignmentStore Assignments() =>
        _registration.Assignments is { } own
            ? new IsolatedAssignmentStore(own(_services), _logger)
            : new InMemoryAssignmentStore(InMemoryAssignmentStore.DefaultCapacity);

    private FeatureMeter? Meter(EvaluationCounters counters, ClientStatusTracker status) =>
        _services.GetService<IMeterFactory>() is { } meters ? new(meters, _registration.Label, counters, () => status.Current) : null;

    private string? Stem() =>
        _registration.LastKnownGoodFolder is { } folder ? FallbackPath.Of(folder, _registration.Label, _identity) : null;

    private SnapshotGenerations? Generations() => Stem() is { } stem
        ? new(stem, [.. _sources.Formats.Select(format => format.Name)], _options.Limits.MaxBytes, _registration.Generations, new DiskFileSystem(), _clock)
        : null;

    private LastKnownGoodFile? KillsFile() => Stem() is { } stem && _sources.MayKill
        ? new($"{stem}.kills", KillOrders.Format, _options.Limits.MaxBytes, new DiskFileSystem(), _clock)
        : null;

    private ControlKeeper? KeepControl(SnapshotAcceptance acceptance, SnapshotSteering steering) => Stem() is { } stem
        ? new(new($"{stem}.control", ControlJson.Format, _options.Limits.MaxBytes, new DiskFileSystem(), _clock), acceptance, steering, _options.Limits, _logger, _registration.Label, _clock)
        : null;

    private FallbackKeeper? Keeper(IFallbackPlace? place) => place is null ? null : new(place, _logger, _registration.Label);

    private SignedTexts? SignedTexts() => _keys is not null && _sources.MayKill ? new(_logger, _registration.Label) : null;

    private TrustedKeys? Keys() => _registration.TrustsKeys
        ? new(_services.GetRequiredService<IOptionsMonitor<SignatureOptions>>().Get(_registration.OptionsName))
        : null;

    private BundledSnapshotFile? Bundled() =>
        _registration.BundledFile is { } path ? new(path, _options.Limits.MaxBytes, new DiskFileSystem()) : null;

    private TOptions Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>()
        where TOptions : class => _services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(_registration.OptionsName);

    // Asked twice in the time, a source that still has the same confirms it before it counts as stale.
    private static TimeSpan? LongestWait(TimeSpan? maxStaleness) => (maxStaleness / 2) switch
    {
        { } half when half < ShortestWait => ShortestWait,
        var half => half,
    };

#pragma warning disable RS0030 // The one place that chooses the clock.
    public static TimeProvider ClockOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
#pragma warning restore RS0030
}
