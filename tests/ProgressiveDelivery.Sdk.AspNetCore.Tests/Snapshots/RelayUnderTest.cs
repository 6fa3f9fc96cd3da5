using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources.Serving;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>An application on a loopback address that serves the snapshots of its client.</summary>
internal sealed class RelayUnderTest : IAsyncDisposable
{
    private RelayUnderTest(WebApplication app, FakeTimeProvider clock)
    {
        (App, Clock) = (app, clock);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new() { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public WebApplication App { get; }

    public FakeTimeProvider Clock { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public FakeLogCollector Logs => App.Services.GetFakeLogCollector();

    public IFeatureClient Features => App.Services.GetRequiredService<IFeatureClient>();

    public Uri Snapshots => new(Address, "/snapshot");

    public static async Task<RelayUnderTest> StartAsync(
        Action<ProgressiveDeliveryBuilder> client, Action<WebApplication>? map = null, Uri? address = null, string environment = "Production", Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls(address?.ToString() ?? "http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MinResponseDataRate = null);
        builder.Logging.ClearProviders().AddFakeLogging();
        var clock = new FakeTimeProvider(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddDataProtection();
        builder.Services.AddProgressiveDelivery(features =>
        {
            client(features);
            features.AddAspNetCore();
        });
        configure?.Invoke(builder);
        var app = builder.Build();
        (map ?? (static app => app.MapSnapshots("/snapshot").AllowAnonymous()))(app);
        await app.StartAsync();
        return new(app, clock);
    }

    /// <summary>Waits until the relay serves a version, or any: its feed has rules a moment after its client.</summary>
    public Task UntilServedAsync(long? version = null)
    {
        var feed = App.Services.GetRequiredService<ISnapshotFeed>();
        return Wait.UntilAsync(() => version is null ? feed.State.Version > 0 : feed.State.Version == version);
    }

    public Task<HttpResponseMessage> GetAsync(string path = "/snapshot", params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<EventReader> OpenStreamAsync(string? lastEventId = null, string path = "/snapshot") => EventReader.OpenAsync(Http, path, lastEventId);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
