using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>An application on a server in memory, whose rules a test publishes.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private const string ClaimsHeader = "Test-Claims";

    private TestApp(WebApplication app, InMemorySnapshotSource source, FakeTimeProvider clock, FakeLogCollector logs) =>
        (App, Source, Clock, Logs, Http) = (app, source, clock, logs, app.GetTestClient());

    public WebApplication App { get; }

    public InMemorySnapshotSource Source { get; }

    public FakeTimeProvider Clock { get; }

    public FakeLogCollector Logs { get; }

    public HttpClient Http { get; }

    public IFeatureClient Features => App.Services.GetRequiredService<IFeatureClient>();

    public static async Task<TestApp> StartAsync(
        string flags,
        Action<RequestOptions>? options = null,
        Action<WebApplication>? pipeline = null,
        Action<IServiceCollection>? services = null,
        Action<ProgressiveDeliveryBuilder>? client = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Host.UseDefaultServiceProvider(static provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        var clock = new FakeTimeProvider(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
        var source = new InMemorySnapshotSource(Document(1, flags));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddDataProtection();
        builder.Services.AddProgressiveDelivery(features =>
        {
            features.From(_ => source).AddAspNetCore(options ?? (static _ => { }));
            client?.Invoke(features);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        pipeline?.Invoke(app);
        await app.StartAsync();
        return new(app, source, clock, app.Services.GetFakeLogCollector());
    }

    public static string Document(long version, string flags) => $$"""
        {"schema": "progressive-delivery/1", "version": {{version}}, "flags": { {{flags}} } }
        """;

    /// <summary>A boolean flag that is on where an attribute equals a text.</summary>
    public static string OnWhere(string flag, string attribute, string value) => $$"""
        "{{flag}}": {"type": "boolean", "rules": [{"when": {"attribute": "{{attribute}}", "equals": "{{value}}"}, "serve": "on"}], "default": "off"}
        """;

    /// <summary>A boolean flag with one answer.</summary>
    public static string Always(string flag, string variant) => $$"""
        "{{flag}}": {"type": "boolean", "default": "{{variant}}"}
        """;

    /// <summary>Signs in the user whose claims a header of the test lists.</summary>
    public static void SignIn(WebApplication app) => app.Use(static (http, next) =>
    {
        if (http.Request.Headers[ClaimsHeader].ToString() is { Length: > 0 } claims)
            http.User = Principal(claims);
        return next(http);
    });

    public static ClaimsPrincipal Principal(string claims) =>
        new(new ClaimsIdentity(claims.Split(';').Select(static claim => claim.Split('=')).Select(static pair => new Claim(pair[0], pair[1])), "test"));

    /// <summary>Publishes rules, and waits until they are in force.</summary>
    public async Task PublishAsync(long version, string flags)
    {
        Source.Set(Document(version, flags));
        await Wait.UntilAsync(() => Features.Status.SnapshotVersion == version);
    }

    public Task<string> GetAsync(string path, params (string Name, string Value)[] headers) => GetAsync(path, claims: null, headers);

    public async Task<string> GetAsync(string path, string? claims, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, claims, headers);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string? claims = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (claims is not null)
            request.Headers.TryAddWithoutValidation(ClaimsHeader, claims);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}
