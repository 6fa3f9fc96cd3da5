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
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Sources.Signing;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.DependencyInjection;

/// <summary>Puts a client together from what was registered. It starts nothing, and touches neither disk nor network.</summary>
internal sealed class ClientAssembly
{
    private readonly ClientRegistration _registration;
    private readonly ProgressiveDeliveryOptions _options;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ISnapshotSource _source;
    private readonly string _sourceIdentity;

    private ClientAssembly(IServiceProvider services, ClientRegistration registration)
    {
        OptionsFaults.ThrowIfAny(services, registration);
        _registration = registration;
        _services = services;
        _options = services.GetRequiredService<IOptionsMonitor<ProgressiveDeliveryOptions>>().Get(registration.OptionsName);
        _clock = ClockOf(services);
        _logger = new IsolatedLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger(FeatureMeter.Name));
        var inputs = new SourceInputs(services, new NativeSnapshotFormat(_options.Limits), _options.Limits, _clock);
        _source = registration.Sources[0].Create(inputs);
        _sourceIdentity = _source.Name + registration.Sources[0].Identity(inputs);
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
        var status = new ClientStatusTracker(() => _source.Name, first, _clock, _options.MaxStaleness);
        if (_options.MaxStaleness is { } max)
            _ = new StalenessWatch(status, max, new(_logger, _registration.Label, _clock), _clock);
        var board = new OverlayBoard();
        var acceptance = new SnapshotAcceptance(shared, _options.Limits, _options.QuarantineShare, board, Keys());
        var steering = new SnapshotSteering(store, acceptance, status, board, _options.HistoryLength, _clock);
        var control = new SnapshotControl(steering, new(_logger, _registration.Label), KeepControl(acceptance, steering), _registration.TrustsKeys, _clock);
        var loop = Loop(store, status, Meter(counters, status), board, acceptance, steering, control);
        return new(store, status, steering, control, loop, shared, _options.InitialisationTimeout);
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
        var journal = new RefreshJournal(_logger, _registration.Label, () => _source.Name, _clock);
        var (kept, keeper) = Keep(".snapshot", _source.Format.Name);
        var (keptKills, killKeeper) = _source is IPatchingSource ? Keep(".kills", KillOrders.Format) : default;
        var kills = new KillOrders(board, acceptance, steering, store, journal, keptKills, killKeeper, _source.Format);
        var refresh = new SnapshotRefresh(_source, acceptance, steering, status, journal, keeper, kills, meter, _clock);
        var fallbacks = new LocalFallbacks(kept, Bundled(), _source.Format, acceptance, steering, journal, keeper, kills, control);
        return new(refresh, fallbacks, _source, _source as IPatchingSource, _clock, Random.Shared);
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
        var path = Path.ChangeExtension(FallbackPath.Of(folder, _registration.Label, _sourceIdentity), extension);
        var file = new LastKnownGoodFile(path, format, _options.Limits.MaxBytes, new DiskFileSystem(), _clock);
        return (file, new(file, _logger, _registration.Label, _clock));
    }

    private TrustedKeys? Keys() => _registration.TrustsKeys
        ? new(_services.GetRequiredService<IOptionsMonitor<SignatureOptions>>().Get(_registration.OptionsName))
        : null;

    private ControlKeeper? KeepControl(SnapshotAcceptance acceptance, SnapshotSteering steering) =>
        Keep(".control", ControlJson.Format).File is { } file
            ? new(file, acceptance, steering, _options.Limits, _logger, _registration.Label, _clock)
            : null;

    private BundledSnapshotFile? Bundled() =>
        _registration.BundledFile is { } path ? new(path, _options.Limits.MaxBytes, new DiskFileSystem()) : null;

#pragma warning disable RS0030 // The one place that chooses the clock.
    public static TimeProvider ClockOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
#pragma warning restore RS0030
}
