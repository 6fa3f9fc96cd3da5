using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Health;

/// <summary>Probes of liveness and readiness.</summary>
public sealed class FeatureHealthTests : IAsyncDisposable
{
    private TestApp? _app;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task InstanceWithRulesIsLiveAndReadyByOneLine()
    {
        await StartAsync();

        (await ProbeAsync("live")).Should().Be((HttpStatusCode.OK, "Healthy"));
        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task InstanceIsNotReadyUntilEachClientHasRules()
    {
        var rules = new TaskCompletionSource<SnapshotReading>();
        await StartAsync(services => services.AddProgressiveDelivery("second", flags => flags.From(_ => new WaitingSource(rules.Task)).AddAspNetCore())
            .Configure<ProgressiveDeliveryOptions>("second", static options => options.InitializationTimeout = TimeSpan.Zero));

        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.ServiceUnavailable, "NotReady"));
        (await ProbeAsync("live")).Should().Be((HttpStatusCode.OK, "Healthy"));

        rules.SetResult(await new InMemorySnapshotSource(TestApp.Document(1, TestApp.Always("on", "on"))).ReadAsync(default));
        var second = _app!.App.Services.GetRequiredKeyedService<IFeatureClient>("second");
        await Wait.UntilAsync(() => second.Status.HasRules);

        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task HostThatStopsIsNotReadyAndStillLive()
    {
        await StartAsync();

        _app!.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.ServiceUnavailable, "Draining"));
        (await ProbeAsync("live")).Should().Be((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task ChecksOfTheApplicationCountForReadinessAlone()
    {
        var database = HealthStatus.Degraded;
        await StartAsync(services => services.AddHealthChecks().AddProgressiveDelivery().AddCheck("database", () => new(database)));

        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.OK, "Degraded"));
        database = HealthStatus.Unhealthy;
        (await ProbeAsync("ready")).Should().Be((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
        (await ProbeAsync("live")).Should().Be((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task ProbesAreNotStoredAndAnswerHeadWithoutABody()
    {
        await StartAsync();
        using var head = new HttpRequestMessage(HttpMethod.Head, "/health/ready");

        using var response = await _app!.Http.SendAsync(head);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    private async Task StartAsync(Action<IServiceCollection>? services = null) =>
        _app = await TestApp.StartAsync(TestApp.Always("on", "on"), pipeline: static app => app.MapFeatureHealth("/health"), services: services);

    private async Task<(HttpStatusCode Status, string Text)> ProbeAsync(string probe)
    {
        using var response = await _app!.SendAsync($"/health/{probe}");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class WaitingSource(Task<SnapshotReading> reading) : ISnapshotSource
    {
        private readonly InMemorySnapshotSource _format = new(TestApp.Document(1, TestApp.Always("on", "on")));

        public string Name => "waiting";

        public ISnapshotFormat Format => _format.Format;

        public async ValueTask<SnapshotReading> ReadAsync(CancellationToken cancellationToken) => await reading.WaitAsync(cancellationToken);

        public async ValueTask WaitForChangeAsync(CancellationToken cancellationToken) => await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

        public void Acknowledge(SnapshotReading reading)
        {
        }
    }
}
