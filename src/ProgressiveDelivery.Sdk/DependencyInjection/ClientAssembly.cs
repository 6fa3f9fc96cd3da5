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

    private ClientAssembly(IServiceProvider services, ClientRegistration registration)
    {
        OptionsFaults.ThrowIfAny(services, registration);
        _registration = registration;
        _services = services;
        _options = Options<ProgressiveDeliveryOptions>();
        _clock = ClockOf(services);
        _logger = new IsolatedLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger(FeatureMeter.Name));
        var inputs = new SourceInputs(services, new NativeSnapshotFormat(_options.Limits), _options.Limits, _clock);
        _sources = new(
            [.. registration.Sources.Select(source => source.Create(inputs))], Options<FailoverOptions>(), LongestWait(_options.MaxStaleness), _clock, Random.Shared);
        _preferred = _sources.InUse.Source;
        _identity = _sources.InUse.Name + registration.Sources[0].Identity(inputs);
    }

    /// <exception cref="OptionsValidationException">Something is wrong with the client's options; names all of it.</exception>
    public static FeatureClient Create(IServiceProvider services, ClientRegistration registration) =>
        new ClientAssembly(services, registration).Build();

    private FeatureClient Build()
    {
        var counters = new EvaluationCounters();
        var shared = new SnapshotServices(
            _clock, new(Assignments(), counters), new(_logger, counters, _options.Strict), _options.MaxStaleness);
        var first = FeatureSnapshot.NotReady(shared);
        var store = new SnapshotStore(first, new(_logger));
        var status = new ClientStatusTracker(() => _sources.InUse.Name, first, _clock, _options.MaxStaleness);
        if (_options.MaxStaleness is { } max)
            _ = new StalenessWatch(status, max, new(_logger, _registration.Label, _clock), _clock);
        return new(store, status, Loop(shared, store, status, Meter(counters, status)), shared, _options.InitialisationTimeout);
    }

    private RefreshLoop Loop(SnapshotServices shared, SnapshotStore store, ClientStatusTracker status, FeatureMeter? meter)
    {
        var board = new OverlayBoard();
        var acceptance = new SnapshotAcceptance(shared, _options.Limits, _options.QuarantineShare, board, Keys());
        var journal = new RefreshJournal(_logger, _registration.Label, () => _sources.InUse.Name, _clock);
        var (kept, keeper) = Keep(".snapshot", _preferred.Format.Name);
        var (keptKills, killKeeper) = _sources.MayKill ? Keep(".kills", KillOrders.Format) : default;
        var kills = new KillOrders(board, acceptance, store, status, journal, keptKills, killKeeper, _preferred.Format);
        var refresh = new SnapshotRefresh(_sources, acceptance, store, status, journal, keeper, kills, meter, _clock);
        var fallbacks = new LocalFallbacks(kept, Bundled(), _preferred.Format, acceptance, store, status, journal, keeper, kills);
        return new(refresh, fallbacks, _sources, _clock);
    }

    private IAssignmentStore Assignments() =>
        _registration.Assignments is { } own
            ? new IsolatedAssignmentStore(own(_services), _logger)
            : new InMemoryAssignmentStore(InMemoryAssignmentStore.DefaultCapacity);

    private FeatureMeter? Meter(EvaluationCounters counters, ClientStatusTracker status) =>
        _services.GetService<IMeterFactory>() is { } meters ? new(meters, _registration.Label, counters, () => status.Current) : null;

    private (LastKnownGoodFile? File, LastKnownGoodKeeper? Keeper) Keep(string extension, string format)
    {
        if (_registration.LastKnownGoodFolder is not { } folder)
            return default;
        var path = Path.ChangeExtension(FallbackPath.Of(folder, _registration.Label, _identity), extension);
        var file = new LastKnownGoodFile(path, format, _options.Limits.MaxBytes, new DiskFileSystem(), _clock);
        return (file, new(file, _logger, _registration.Label, _clock));
    }

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
