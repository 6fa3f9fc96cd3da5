using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>The client, registered as an application registers it.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"soak-{Guid.NewGuid():N}");

    public Subject(Uri backend, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddSingleton(clock);
        services.AddProgressiveDelivery(flags => flags
            .FromEventStream(stream => stream.Address = new Uri(backend, "stream"))
            .FromHttp(http => http.Address = new Uri(backend, "snapshot"))
            .KeepLastKnownGoodIn(_folder));
        _services = services.BuildServiceProvider();
        Features = _services.GetRequiredService<IFeatureClient>();
    }

    public IFeatureClient Features { get; }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
