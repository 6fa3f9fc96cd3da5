using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Health;

/// <summary>The events of requests in flight are delivered when the host stops.</summary>
public sealed class ShutdownTests
{
    private const string Experiment = """
        {"schema": "progressive-delivery/1", "version": 1, "flags": {"checkout": {"type": "boolean",
         "default": {"experiment": {"key": "checkout-test", "split": {"on": 100}}}}}}
        """;

    private readonly InMemoryEventSink _sink = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task EventsOfARequestInFlightAreDeliveredByAWebApplication()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Configure(builder.Services);
        var app = builder.Build();
        app.MapGet("/", AnswerAsync);

        await ServeAndStopAsync(app);
    }

    [Fact]
    public async Task EventsOfARequestInFlightAreDeliveredByAClassicHost()
    {
        var host = Host.CreateDefaultBuilder().ConfigureWebHostDefaults(web => web
            .UseUrls("http://127.0.0.1:0")
            .ConfigureServices(Configure)
            .Configure(app => app.UseRouting().UseEndpoints(endpoints => endpoints.MapGet("/", AnswerAsync)))).Build();

        await ServeAndStopAsync(host);
    }

    private static void Silence(IServiceCollection services) => services.AddLogging(static logging => logging.ClearProviders());

    private void Configure(IServiceCollection services)
    {
        Silence(services);
        services.Configure<HostOptions>(static options => options.ShutdownTimeout = Wait.Patience);
        services.AddProgressiveDelivery(flags => flags.FromDocument(Experiment).SendEventsTo(_sink).AddAspNetCore(static options => options.FromQuery("user", "user")));
    }

    private async Task<bool> AnswerAsync(IFeatureClient features)
    {
        _reached.SetResult();
        await _goOn.Task;
        var isOn = features.IsEnabled("checkout", new EvaluationContext("ada"));
        features.Track("purchase", new EvaluationContext("ada"));
        return isOn;
    }

    private async Task ServeAndStopAsync(IHost host)
    {
        await host.StartAsync();
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient { BaseAddress = new(address) };
        var request = client.GetStringAsync(new Uri("/", UriKind.Relative));
        await _reached.Task.WaitAsync(Wait.Patience);

        var stopped = host.StopAsync();
        await Wait.UntilAsync(() => host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        _goOn.SetResult();

        (await request).Should().Be("true");
        await stopped;
        _sink.Events.OfType<ExposureEvent>().Should().ContainSingle("the flush comes after the last request, and before the container ends");
        _sink.Events.OfType<OutcomeEvent>().Should().ContainSingle();
        host.Dispose();
    }
}
