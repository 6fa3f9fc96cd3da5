using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

/// <summary>An application in memory that maps the page at <c>/_features</c>. Headers of a request say from where it comes and who sends it.</summary>
internal sealed class PageApp : IAsyncDisposable
{
    public const string Remote = "Test-Remote";
    public const string User = PageAuthentication.Header;

    private readonly ScriptedClient.StatusScript _script;

    private PageApp(WebApplication app, InMemorySnapshotSource source, FakeTimeProvider clock, FakeDiagnostics diagnostics, ScriptedClient.StatusScript script, HttpClient http) =>
        (App, Source, Clock, Diagnostics, _script, Http) = (app, source, clock, diagnostics, script, http);

    public static DateTimeOffset Start { get; } = new(2026, 11, 30, 14, 0, 0, TimeSpan.Zero);

    public WebApplication App { get; }

    public InMemorySnapshotSource Source { get; }

    public FakeTimeProvider Clock { get; }

    public FakeDiagnostics Diagnostics { get; }

    public HttpClient Http { get; }

    /// <summary>Sets what the page is told in place of the status.</summary>
    public Func<FeatureClientStatus, FeatureClientStatus> Status
    {
        set => _script.Change = value;
    }

    public FakeLogCollector Logs => App.Services.GetFakeLogCollector();

    public IFeatureClient Client => App.Services.GetRequiredService<IFeatureClient>();

    public ISnapshotControl Control => App.Services.GetRequiredService<ISnapshotControl>();

    /// <summary>Starts an application whose policy <c>view</c> admits each user, and <c>act</c> those whose name begins with <c>oncall</c>.</summary>
    public static async Task<PageApp> StartAsync(
        string flags = "",
        string environment = "Production",
        Action<FeatureDiagnosticsOptions>? page = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null,
        Action<ProgressiveDeliveryBuilder>? client = null,
        bool isOnPort = false)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "Shop" });
        builder.Host.UseDefaultServiceProvider(static provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        if (isOnPort)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        var (clock, source, diagnostics) = (new FakeTimeProvider(Start), new InMemorySnapshotSource(TestApp.Document(1, flags)), new FakeDiagnostics());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, PageAuthentication>("test", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("view", static policy => policy.RequireAuthenticatedUser())
            .AddPolicy("act", static policy => policy.RequireAssertion(static one => one.User.Identity?.Name?.StartsWith("oncall", StringComparison.Ordinal) == true));
        builder.Services.AddProgressiveDelivery(features =>
        {
            features.From(_ => source).AddAspNetCore();
            client?.Invoke(features);
        });
        builder.Services.AddSingleton<IFeatureDiagnostics>(diagnostics);
        var script = new ScriptedClient.StatusScript();
        ScriptedClient.AddTo(builder.Services, script);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Use(Pretend);
        (map ?? (it => it.MapFeatureDiagnostics("/_features", options =>
        {
            (options.ViewPolicy, options.ClientName) = ("view", ScriptedClient.Name);
            page?.Invoke(options);
        })))(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        await Wait.UntilAsync(() => app.Services.GetRequiredService<IFeatureClient>().Status.HasRules);
        return new(app, source, clock, diagnostics, script, isOnPort ? new HttpClient { BaseAddress = new(app.Urls.First()) } : app.GetTestClient());
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Returns a screen as the user <c>ada</c> sees it.</summary>
    public async Task<string> ReadAsync(string path = "/_features/", string user = "ada")
    {
        using var response = await GetAsync(path, (User, user));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Publishes rules, and waits until they are in force.</summary>
    public async Task PublishAsync(long version, string flags)
    {
        Source.Set(TestApp.Document(version, flags));
        await Wait.UntilAsync(() => Client.Status.SnapshotVersion == version);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }

    private static Task Pretend(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers[Remote].ToString() is { Length: > 0 } remote)
            http.Connection.RemoteIpAddress = IPAddress.Parse(remote);
        return next(http);
    }
}
