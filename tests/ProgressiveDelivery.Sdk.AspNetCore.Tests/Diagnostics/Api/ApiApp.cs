using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Api;

/// <summary>An application with the real client, which maps the page at <c>/_features</c>. A header of a request names its user; those whose name begins with <c>oncall</c> may act.</summary>
internal sealed class ApiApp : IAsyncDisposable
{
    public const string Api = "/_features/api/v1/";
    private const string User = "Test-User";

    private readonly WebApplication _app;
    private readonly InMemorySnapshotSource _source;

    private ApiApp(WebApplication app, InMemorySnapshotSource source, FakeTimeProvider clock) => (_app, _source, Clock, Http) = (app, source, clock, app.GetTestClient());

    public FakeTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public IFeatureClient Features => Services.GetRequiredService<IFeatureClient>();

    public ISnapshotControl Control => Services.GetRequiredService<ISnapshotControl>();

    public IReadOnlyList<FakeLogRecord> Logs => Services.GetFakeLogCollector().GetSnapshot();

    public static async Task<ApiApp> StartAsync(string flags = "", Action<FeatureDiagnosticsOptions>? page = null, Action<ProgressiveDeliveryBuilder>? client = null, string? actPolicy = "act")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = "Shop" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        var (clock, source) = (new FakeTimeProvider(new(2026, 11, 30, 14, 0, 0, TimeSpan.Zero)), new InMemorySnapshotSource(TestApp.Document(1, flags)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, UserHandler>("header", null).AddScheme<AuthenticationSchemeOptions, UserHandler>("token", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("view", static policy => policy.RequireAuthenticatedUser())
            .AddPolicy("act", static policy => policy.RequireAssertion(static one => one.User.Identity?.Name?.StartsWith("oncall", StringComparison.Ordinal) == true))
            .AddPolicy("token", static policy => policy.AddAuthenticationSchemes("token").RequireAuthenticatedUser());
        builder.Services.AddProgressiveDelivery(features =>
        {
            features.From(_ => source).AddAspNetCore().SendEventsTo(new InMemoryEventSink());
            client?.Invoke(features);
        });
        var app = builder.Build();
        app.MapFeatureDiagnostics("/_features", options =>
        {
            (options.ViewPolicy, options.ActPolicy) = ("view", actPolicy);
            page?.Invoke(options);
        });
        await app.StartAsync();
        var diagnostics = app.Services.GetRequiredService<IFeatureDiagnostics>();
        await Wait.UntilAsync(() => diagnostics.Rejection is not null || app.Services.GetRequiredService<IFeatureClient>().Status.HasRules);
        diagnostics.Rejection?.Diagnostics.Should().BeEmpty();
        return new(app, source, clock);
    }

    /// <summary>Publishes rules, and waits until they are accepted.</summary>
    public async Task PublishAsync(long version, string flags)
    {
        _source.Set(TestApp.Document(version, flags));
        await Wait.UntilAsync(() => Control.History[0].Version == version);
    }

    /// <summary>Publishes what is rejected, and waits for the rejection.</summary>
    public async Task PublishRejectedAsync(string document)
    {
        _source.Set(document);
        await Wait.UntilAsync(() => Services.GetRequiredService<IFeatureDiagnostics>().Rejection is not null);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? user = "ada", string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (user is not null)
            request.Headers.TryAddWithoutValidation(User, user);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    /// <summary>Reads an answer, which must have a status.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await SendAsync(HttpMethod.Get, Api + path);
        return await ReadAsync(response, status);
    }

    public async Task<JsonElement> PostAsync(string path, string json, HttpStatusCode status = HttpStatusCode.OK, string user = "oncall-ada", params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Post, Api + path, user, json, headers);
        return await ReadAsync(response, status);
    }

    /// <summary>Does an act with the revision of now.</summary>
    public Task<JsonElement> ActAsync(string act, string members = "", HttpStatusCode status = HttpStatusCode.OK) =>
        PostAsync("acts/" + act, $$"""{"reason": "INC-1", "revision": {{Control.State.Revision}}{{(members.Length > 0 ? ", " + members : "")}}}""", status);

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(status, text);
        response.Content.Headers.ContentType!.MediaType.Should().Be(status == HttpStatusCode.OK ? "application/json" : "application/problem+json");
        using var document = JsonDocument.Parse(text, new() { MaxDepth = 1_000 });
        var answer = document.RootElement.Clone();
        answer.GetProperty("apiVersion").GetInt32().Should().Be(1);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Signs in the user whom a header names, or a bearer token.</summary>
    private sealed class UserHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Scheme.Name == "header" ? Request.Headers[User].ToString() : Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            return Task.FromResult(name.Length == 0 ? AuthenticateResult.NoResult() : AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.Name, name), new("sub", name)], Scheme.Name)), Scheme.Name)));
        }
    }
}
