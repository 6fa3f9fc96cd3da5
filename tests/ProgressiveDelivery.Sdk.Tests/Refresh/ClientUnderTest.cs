using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Files;
using ProgressiveDelivery.Sdk.Tests.Support;
using ProgressiveDelivery.Sdk.Tests.Telemetry;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client made as applications make it, over a scripted source, on a clock that tests move.</summary>
internal sealed class ClientUnderTest : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly PlayedDisk? _disk;

    public ClientUnderTest(Action<ProgressiveDeliveryBuilder>? configure = null, ISnapshotSource? source = null, IFileSystem? files = null)
    {
        _disk = files as PlayedDisk;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.AddSingleton<TimeProvider>(Time);
        if (files is not null)
            services.AddSingleton(files);
        services.AddProgressiveDelivery(client =>
        {
            client.From(_ => source ?? new PatchingSource(Source));
            configure?.Invoke(client);
        });
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Logs = _services.GetFakeLogCollector();
        Client = (FeatureClient)_services.GetRequiredService<IFeatureClient>();
    }

    public ScriptedSource Source { get; } = new();

    public WatchedTime Time { get; } = new();

    public FeatureClient Client { get; }

    public FeatureClientStatus Status => Client.Status;

    public ISnapshotControl Control => Client.Control;

    public IFeatureDiagnostics Diagnostics => Client.Diagnostics;

    public FakeLogCollector Logs { get; }

    /// <summary>What an operator sees of the log.</summary>
    public IEnumerable<FakeLogRecord> Warnings => Logs.GetSnapshot().Where(record => record.Level >= LogLevel.Warning);

    public bool IsOn => Client.IsEnabled("f", EvaluationContext.Empty);

    public ClientUnderTest Start()
    {
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        return this;
    }

    /// <summary>Plays turns of the source one after the other, moving the clock on through whatever pauses follow; what each gave is on disk.</summary>
    public async Task<ClientUnderTest> PlayAsync(params Turn[] turns)
    {
        Start();
        foreach (var turn in turns)
        {
            await Time.WithoutPausesAsync(() => Source.PlayAsync(turn));
            await Client.FlushAsync();
        }

        return this;
    }

    /// <summary>Plays turns of the source, whatever the disk does meanwhile.</summary>
    public async Task PlayWithoutDiskAsync(params Turn[] turns)
    {
        Start();
        foreach (var turn in turns)
            await Time.WithoutPausesAsync(() => Source.PlayAsync(turn));
    }

    /// <summary>Lets the time pass that the disk is given to answer.</summary>
    public void StallDisk()
    {
        for (var second = 0; second < 5; second++)
            Time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>A snapshot whose boolean flag <c>f</c> is on or off.</summary>
    public static string Document(long version, bool on = true, string? more = null) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, {{more}}
         "flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}" } } }
        """;

    public void Dispose()
    {
        _disk?.Thaw();
        _services.Dispose();
    }

    /// <summary>Ends the client; no test waits for a disk that it froze.</summary>
    public async ValueTask DisposeAsync()
    {
        _disk?.Thaw();
        // A loop that does not end would be waited for on a clock that stands still.
        await _services.DisposeAsync().AsTask().WaitAsync(Until.Patience);
        Logs.GetSnapshot().Should().OnlyContain(line => line.Category == LogAreas.CategoryOf(line.Id.Id));
    }
}
