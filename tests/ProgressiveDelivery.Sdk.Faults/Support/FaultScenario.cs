using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Http;
using ProgressiveDelivery.Sdk.Sources.Streaming;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>
/// One scenario of the fault catalog: a folder, a clock and a server of its own, and clients made as applications make them. What
/// must hold in every scenario is checked after each: no exception that nobody saw, no thread, handle or timer left behind, and of
/// each client what <see cref="Subject.DisposeAsync"/> says.
/// </summary>
public abstract class FaultScenario : IAsyncLifetime
{
    private readonly UnobservedFaults _unobserved = new();
    private readonly List<Subject> _subjects = [];
    private readonly TempFolder _folder = new();
    private readonly ScriptedHttpServer _server = new();
    private Footprint _before = Footprint.Take();

    /// <summary>The clock of every client. It stands still unless moved.</summary>
    protected FaultClock Clock { get; } = new();

    private protected TempFolder Folder => _folder;

    private protected ScriptedHttpServer Server => _server;

    public virtual async Task InitializeAsync()
    {
        await WarmUp.Once;
        _before = Footprint.Take();
    }

    public virtual async Task DisposeAsync()
    {
        // A test that failed may have left a client that waits for a clock that stands still.
        foreach (var subject in _subjects) await subject.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        _server.Dispose();
        await CheckFootprintAsync();
        _unobserved.Collect().Should().BeEmpty("no exception goes unseen");
        _unobserved.Dispose();
        _folder.Dispose();
    }

    /// <summary>Makes a client; it is not started yet.</summary>
    protected Subject Client(Action<ProgressiveDeliveryBuilder> configure, TimeProvider? clock = null, Action<IServiceCollection>? services = null)
    {
        var subject = new Subject(clock ?? Clock, configure, services);
        _subjects.Add(subject);
        return subject;
    }

    /// <summary>Starts a client that polls the server.</summary>
    protected Subject Poll(Action<HttpSourceOptions>? http = null, Action<ProgressiveDeliveryBuilder>? client = null) =>
        Client(flags =>
        {
            flags.FromHttp(options => Apply(options, http));
            client?.Invoke(flags);
        }).Start();

    /// <summary>Starts a client that follows the server's stream.</summary>
    protected Subject Follow(Action<StreamSourceOptions>? stream = null, Action<ProgressiveDeliveryBuilder>? client = null) =>
        Client(flags =>
        {
            flags.FromEventStream(options => Apply(options, stream));
            client?.Invoke(flags);
        }).Start();

    private void Apply<TOptions>(TOptions options, Action<TOptions>? configure)
        where TOptions : HttpEndpointOptions
    {
        options.Address = _server.Address;
        options.Authorization = Bait.Authorization;
        options.Headers["X-Api-Key"] = Bait.ApiKey;
        configure?.Invoke(options);
    }

    private async Task CheckFootprintAsync()
    {
        await EventuallyAsync(() => Clock.Running == 0);
        Clock.Running.Should().Be(0, "a client that has ended waits for nothing");

        var after = Footprint.Take();
        await EventuallyAsync(() => (after = Footprint.Take()).IsBackTo(_before, _subjects.Count));
        after.IsBackTo(_before, _subjects.Count).Should().BeTrue($"a client that has ended leaves nothing behind; before it there were {_before}, now there are {after}");
    }

    // What ends on other threads may take a moment. A timer for the patience would be one of those that are counted.
    private static async Task EventuallyAsync(Func<bool> condition)
    {
        var patience = Stopwatch.StartNew();
        while (!condition() && patience.Elapsed < TimeSpan.FromMinutes(1)) await Task.Yield();
    }
}
