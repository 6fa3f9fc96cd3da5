using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>A real client of a relay, as another process would have it.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Reader(Action<ProgressiveDeliveryBuilder> configure, TimeProvider? clock)
    {
        var services = new ServiceCollection();
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Debug).AddFakeLogging());
        if (clock is not null)
            services.AddSingleton(clock);
        services.AddProgressiveDelivery(configure);
        _services = services.BuildServiceProvider();
    }

    public IFeatureClient Features => _services.GetRequiredService<IFeatureClient>();

    public FeatureClientStatus Status => Features.Status;

    public Evaluation<bool> Answer => Features.EvaluateBoolean("f", EvaluationContext.Empty);

    public static Reader Start(Action<ProgressiveDeliveryBuilder> configure, TimeProvider? clock = null)
    {
        var reader = new Reader(configure, clock);
        _ = reader.Features.WaitUntilReadyAsync(TimeSpan.Zero);
        return reader;
    }

    public Task UntilAsync(Func<Reader, bool> condition) => Wait.UntilAsync(() => condition(this));

    public Task UntilVersionAsync(long version) => UntilAsync(reader => reader.Status is { State: FeatureClientState.Ready } status && status.SnapshotVersion == version);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
