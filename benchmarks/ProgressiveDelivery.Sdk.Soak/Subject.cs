using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>The client, registered as an application registers it.</summary>
internal sealed class Subject : IAsyncDisposable
{
    // Three seconds by the wall: the sink is fair then, and whatever waits is to be sent.
    private static readonly TimeSpan ShutdownDeadline = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"soak-{Guid.NewGuid():N}");

    public Subject(Uri backend, TimeProvider clock, IEventSink sink)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddSingleton(clock);
        services.AddProgressiveDelivery(flags => flags
            .FromEventStream(stream => stream.Address = new Uri(backend, "stream"))
            .FromHttp(http => http.Address = new Uri(backend, "snapshot"))
            .KeepLastKnownGoodIn(_folder)
            .SendEventsTo(sink)
            .ConfigureEvents(static events => events.ShutdownDeadline = ShutdownDeadline));
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
