using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Gates;
using ProgressiveDelivery.Sdk.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Gates.Support;

/// <summary>A started application with the flags of <see cref="GateFlags"/>.</summary>
internal sealed class GateApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GateApp(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    public static async Task<GateApp> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, Action<ProgressiveDeliveryBuilder>? flags = null)
    {
        var app = Build(configure, flags);
        map(app);
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Builds an application for the server of the tests, or for another one that <paramref name="configure"/> chooses.</summary>
    public static WebApplication Build(Action<WebApplicationBuilder>? configure = null, Action<ProgressiveDeliveryBuilder>? flags = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(GateApp).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        AddFlags(builder.Services, flags);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public static void AddFlags(IServiceCollection services, Action<ProgressiveDeliveryBuilder>? configure = null)
    {
        services.AddProgressiveDelivery(flags =>
        {
            flags.AddAspNetCore();
            (configure ?? (rules => rules.FromDocument(GateFlags.Document)))(flags);
        });
        GateServices.Add(services);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string? user = null)
    {
        using var response = await SendAsync(path, user);
        return response.StatusCode;
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string? user = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (user is not null)
            request.Headers.Add(UserHeader.Header, user);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
