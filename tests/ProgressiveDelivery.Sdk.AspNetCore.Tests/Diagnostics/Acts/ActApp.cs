using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Acts;

/// <summary>An application whose page acts on the real client. The policy <c>on-call</c> admits users whose name begins with <c>oncall</c>.</summary>
internal sealed partial class ActApp : IAsyncDisposable
{
    public const string Operator = "oncall-ada";

    /// <summary>A flag <c>f</c> that is off, with a rule for Belgium.</summary>
    public const string FlagF = """ "f": {"type": "boolean", "rules": [{"id": "belgium", "when": {"attribute": "country", "equals": "BE"}, "serve": "on"}], "default": "off", "offVariant": "off"} """;

    private readonly WebApplication _app;

    private ActApp(WebApplication app, InMemorySnapshotSource source, InMemoryEventSink events) => (_app, Source, Events, Http) = (app, source, events, app.GetTestClient());

    public InMemorySnapshotSource Source { get; }

    public InMemoryEventSink Events { get; }

    public HttpClient Http { get; }

    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    public IFeatureClient Client => _app.Services.GetRequiredService<IFeatureClient>();

    public ISnapshotControl Control => _app.Services.GetRequiredService<ISnapshotControl>();

    public IFeatureDiagnostics Diagnostics => _app.Services.GetRequiredService<IFeatureDiagnostics>();

    public static async Task<ActApp> StartAsync(string flags = FlagF, Action<FeatureDiagnosticsOptions>? page = null, Action<ProgressiveDeliveryBuilder>? client = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = "Shop" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        var (source, events) = (new InMemorySnapshotSource(Document(1, flags)), new InMemoryEventSink());
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(new(2026, 11, 30, 14, 0, 0, TimeSpan.Zero)));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("view", static policy => policy.RequireAuthenticatedUser())
            .AddPolicy("on-call", static policy => policy.RequireAssertion(static one => one.User.Identity?.Name?.StartsWith("oncall", StringComparison.Ordinal) == true));
        builder.Services.AddProgressiveDelivery(features =>
        {
            features.From(_ => source).SendEventsTo(events).AddAspNetCore();
            client?.Invoke(features);
        });
        var app = builder.Build();
        app.Use(SignIn);
        app.UseAuthorization();
        app.MapFeatureDiagnostics("/_features", options =>
        {
            (options.ViewPolicy, options.ActPolicy) = ("view", "on-call");
            page?.Invoke(options);
        });
        await app.StartAsync();
        await Wait.UntilAsync(() => app.Services.GetRequiredService<IFeatureClient>().Status.HasRules);
        return new(app, source, events);
    }

    public static string Document(long version, string flags, string why = "", string by = "kim") =>
        $$"""{"schema": "progressive-delivery/1", "version": {{version}}, "change": {"by": {{Json(by)}}, "why": {{Json(why)}}}, "flags": { {{flags}} } }""";

    public static string Json(string text) => System.Text.Json.JsonEncodedText.Encode(text) is var encoded ? $"\"{encoded}\"" : "";

    /// <summary>Publishes rules, and waits until they are accepted, whether or not they wait.</summary>
    public async Task PublishAsync(long version, string flags, string why = "", string by = "kim")
    {
        Source.Set(Document(version, flags, why, by));
        await Wait.UntilAsync(() => Control.History[0].Version == version);
    }

    public async Task<Answer> GetAsync(string path, string user = Operator) => await SendAsync(HttpMethod.Get, path, null, user);

    /// <summary>Posts fields; those of the sheet at that address come with them, as a browser sends them.</summary>
    public async Task<Answer> ActAsync(string act, params (string Name, string Value)[] fields) => await PostAsync("act?" + act, await FieldsAsync("act?" + act), fields);

    /// <summary>Returns the hidden fields of a form.</summary>
    public async Task<Dictionary<string, string>> FieldsAsync(string path, string user = Operator)
    {
        var html = (await GetAsync(path, user)).Html;
        return Hidden().Matches(html).DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
    }

    public async Task<Answer> PostAsync(string path, Dictionary<string, string> fields, (string Name, string Value)[]? more = null, string user = Operator, params (string Name, string Value)[] headers)
    {
        var all = fields.Select(field => KeyValuePair.Create(field.Key, field.Value)).Concat((more ?? []).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        // FormUrlEncodedContent cannot encode long texts in one piece on all frameworks, so it is done here.
        using var content = new StringContent(string.Join('&', all.Select(field => WebUtility.UrlEncode(field.Key) + "=" + WebUtility.UrlEncode(field.Value))), null, "application/x-www-form-urlencoded");
        return await SendAsync(HttpMethod.Post, path, content, user, headers);
    }

    /// <summary>The words of a screen, without its tags.</summary>
    public static string Words(string html)
    {
        var main = html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
        return Blanks().Replace(WebUtility.HtmlDecode(Tag().Replace(main, "")).Replace('\u00A0', ' '), " ");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string user, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/_features/" + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Test-User", user);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString);
    }

    private static Task SignIn(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers["Test-User"].ToString() is { Length: > 0 } user)
            http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, Uri.UnescapeDataString(user)), new("sub", user)], "test"));
        return next(http);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"/>")]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();

    /// <summary>What the server answered.</summary>
    public sealed record Answer(HttpStatusCode Status, string Html, string? Location)
    {
        public string Words => ActApp.Words(Html);
    }
}
