using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client made as applications make it, over a scripted source, on a clock that tests move.</summary>
internal sealed class ClientUnderTest : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;

    public ClientUnderTest(Action<ProgressiveDeliveryBuilder>? configure = null, ISnapshotSource? source = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.AddSingleton<TimeProvider>(Time);
        services.AddProgressiveDelivery(client =>
        {
            client.From(_ => source ?? new PatchingSource(Source));
            configure?.Invoke(client);
        });
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Client = (FeatureClient)_services.GetRequiredService<IFeatureClient>();
    }

    public ScriptedSource Source { get; } = new();

    public WatchedTime Time { get; } = new();

    public FeatureClient Client { get; }

    public FeatureClientStatus Status => Client.Status;

    public ISnapshotControl Control => Client.Control;

    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    /// <summary>What an operator sees of the log.</summary>
    public IEnumerable<FakeLogRecord> Warnings => Logs.GetSnapshot().Where(record => record.Level >= LogLevel.Warning);

    public bool IsOn => Client.IsEnabled("f", EvaluationContext.Empty);

    public ClientUnderTest Start()
    {
        _ = Client.WaitUntilReadyAsync(TimeSpan.Zero);
        return this;
    }

    /// <summary>Plays turns of the source one after the other, moving the clock on through whatever pauses follow.</summary>
    public async Task<ClientUnderTest> PlayAsync(params Turn[] turns)
    {
        Start();
        foreach (var turn in turns)
            await Time.WithoutPausesAsync(() => Source.PlayAsync(turn));
        return this;
    }

    /// <summary>A snapshot whose boolean flag <c>f</c> is on or off.</summary>
    public static string Document(long version, bool on = true, string? more = null) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, {{more}}
         "flags": {"f": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "{{(on ? "on" : "off")}}" } } }
        """;

    public void Dispose() => _services.Dispose();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
