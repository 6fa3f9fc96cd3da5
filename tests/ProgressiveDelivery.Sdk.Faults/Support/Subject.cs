using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A client in a host, made as applications make it, that is asked all the time from its start until after its end.</summary>
public sealed class Subject : IAsyncDisposable
{
    private const int MaxWarnings = 10;

    private readonly IHost _host;
    private readonly FakeLogCollector _logs;
    private bool _isDisposed;

    public Subject(TimeProvider clock, Action<ProgressiveDeliveryBuilder> configure, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging();
        builder.Services.AddSingleton(clock);
        builder.Services.AddProgressiveDelivery(configure);
        services?.Invoke(builder.Services);
        _host = builder.Build();
        _logs = Services.GetFakeLogCollector();
        Client = _host.Services.GetRequiredService<IFeatureClient>();
        Prober = Prober.Start(Client);
    }

    public IFeatureClient Client { get; }

    /// <summary>Asks the client all the time.</summary>
    public Prober Prober { get; }

    public FeatureClientStatus Status => Client.Status;

    public IServiceProvider Services => _host.Services;

    /// <summary>What flag <c>f</c> answers.</summary>
    public bool IsOn => Client.IsEnabled("f", Bait.Context);

    /// <summary>Everything that was logged, by the host and the client.</summary>
    public IReadOnlyList<FakeLogRecord> Logs => _logs.GetSnapshot();

    /// <summary>What an operator sees of that.</summary>
    public IEnumerable<FakeLogRecord> Warnings => Logs.Where(line => line.Level >= LogLevel.Warning);

    /// <summary>Starts the client, and waits for nothing.</summary>
    public Subject Start()
    {
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        Prober.Begin();
        return this;
    }

    /// <summary>Starts the host, and the client with it.</summary>
    public Task StartHostAsync()
    {
        var starting = _host.StartAsync();
        Prober.Begin();
        return starting;
    }

    /// <summary>Stops the host; the client ends with the container.</summary>
    public Task StopHostAsync() => _host.StopAsync();

    /// <summary>Waits until a version is in force.</summary>
    public Task VersionAsync(long version) => HoldsAsync(() => Status.SnapshotVersion == version && Client.GetSnapshot().Version == version);

    /// <summary>Waits until the client is in a state.</summary>
    public Task StateAsync(FeatureClientState state) => HoldsAsync(() => Status.State == state);

    /// <summary>Waits until that many warnings were given: they come after what they are about.</summary>
    public Task WarnedAsync(int count) => Until.HoldsAsync(() => Warnings.Count() >= count);

    /// <summary>Waits until it was told that the source is away.</summary>
    public Task OutageAsync() => Until.HoldsAsync(() => Warnings.Any(line => line.Id.Name == "OutageBegan"));

    // Who waits for a state has started the client, by whatever means.
    private Task HoldsAsync(Func<bool> condition)
    {
        Prober.Begin();
        return Until.HoldsAsync(condition);
    }

    /// <summary>Ends the client as the container does, and the asking after it; then what holds in every scenario must hold.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;

        // A loop that does not end would be waited for on a clock that stands still.
        await ((IAsyncDisposable)_host).DisposeAsync().AsTask().WaitAsync(Until.Patience);
        Prober.Stop().Should().BeEmpty("evaluations go on answering, and answer rightly, whatever happens");
        Prober.P99.Should().BeLessThan(TimeSpan.FromMilliseconds(1), "evaluations are not slowed down");

        var lines = _logs.GetSnapshot();
        lines.Where(line => line.Level >= LogLevel.Warning).GroupBy(line => line.GetStructuredStateValue("Client"))
            .Where(ofOneClient => ofOneClient.Count() > MaxWarnings).SelectMany(line => line).Should().BeEmpty("no fault floods a log");
        lines.Where(Bait.IsIn).Should().BeEmpty("no secret and no person is logged");
    }
}
