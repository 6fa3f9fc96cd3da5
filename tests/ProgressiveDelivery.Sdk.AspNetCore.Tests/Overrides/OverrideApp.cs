using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>An application with a flag <c>banner</c> that serves <c>a</c>, and has the variants <c>b</c> and <c>c</c>; a user signs in by a header.</summary>
internal sealed class OverrideApp : IAsyncDisposable
{
    public const string Header = "X-Feature-Override";

    private static readonly FeatureFlag<string> Banner = new("banner", "none");

    private readonly WebApplication _app;
    private readonly FakeLogCollector _logs;

    private OverrideApp(WebApplication app, FakeLogCollector logs) => (_app, _logs) = (app, logs);

    public IServiceProvider Services => _app.Services;

    public FakeTimeProvider Clock { get; private init; } = new();

    public InMemoryEventSink Events { get; private init; } = new();

    public IReadOnlyList<FakeLogRecord> Logs => _logs.GetSnapshot();

    /// <summary>Allows users whose name begins with <c>tester</c>.</summary>
    public static void Testers(OverrideOptions options)
    {
        options.FromHeader();
        options.Allow = static http => new(http.User.Identity?.Name?.StartsWith("tester", StringComparison.Ordinal) == true);
    }

    public static async Task<OverrideApp> StartAsync(
        Action<OverrideOptions>? overrides = null,
        string environment = "Staging",
        Action<WebApplication>? pipeline = null,
        Action<IServiceCollection>? services = null,
        Action<ProgressiveDeliveryBuilder>? client = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        var (logs, events, clock) = (new FakeLogCollector(), new InMemoryEventSink(), new FakeTimeProvider());
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(logs));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, NamedUserHandler>("Test", null);
        builder.Services.AddAuthorization(policies => policies.AddPolicy("testers", static policy => policy.RequireRole("qa")));
        services?.Invoke(builder.Services);
        builder.Services.AddProgressiveDelivery(flags =>
        {
            flags.FromSnapshot(Rules()).SendEventsTo(events).AddFeatureOverrides(overrides ?? Testers);
            client?.Invoke(flags);
        });
        var app = builder.Build();
        pipeline?.Invoke(app);
        app.MapMethods("/", ["GET", "POST"], static (IFeatureClient features) => Text(features));
        await app.StartAsync();
        return new(app, logs) { Events = events, Clock = clock };
    }

    public static string Text(IFeatureClient features) => features.Evaluate(Banner) is var banner ? $"{banner.Value} {banner.Reason}" : "";

    public HttpClient CreateClient() => _app.GetTestClient();

    /// <summary>Sends a request of a user, with headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(string? user, string path = "/", HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (user is not null)
            request.Headers.Add(NamedUserHandler.Header, user);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var client = CreateClient();
        return await client.SendAsync(request);
    }

    /// <summary>Returns what a user reads who sends an override header.</summary>
    public async Task<string> ReadAsync(string? user, string? overrides, string path = "/", HttpMethod? method = null)
    {
        using var response = await SendAsync(user, path, method, overrides is null ? [] : [(Header, overrides)]);
        return await response.Content.ReadAsStringAsync();
    }

    public IReadOnlyList<FakeLogRecord> LogsOf(int id) => [.. Logs.Where(line => line.Id.Id == id)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static SnapshotDefinition Rules() => new()
    {
        Version = 1,
        Flags =
        [
            new() { Key = "banner", Type = FlagType.String, Variants = [.. "abc".Select(name => new VariantDefinition { Name = $"{name}", Value = $"{name}" })], Default = "a", Track = true },
            new() { Key = "with,=", Type = FlagType.Boolean, Variants = [new() { Name = "on", Value = true }, new() { Name = "off", Value = false }], Default = "off" },
        ],
    };

    /// <summary>Signs in the user that a header names; one whose name ends with <c>!</c> has the role <c>qa</c>.</summary>
    public sealed class NamedUserHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        public const string Header = "X-User";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var name = Request.Headers[Header].ToString();
            if (name == "broken")
                throw new InvalidOperationException("The user store is away.");
            if (name.Length == 0)
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.NameIdentifier, $"id-{name}")], Scheme.Name);
            if (name.EndsWith('!'))
                identity.AddClaim(new(ClaimTypes.Role, "qa"));
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme.Name)));
        }
    }
}
