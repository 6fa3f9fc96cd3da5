using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>A shop on Kestrel with the real client: two backends and a file, guards that hear of outcomes, a ramp, an experiment and a sink.</summary>
internal sealed class ShopApp : IAsyncDisposable
{
    private int _users;

    private ShopApp(WebApplication app, FakeTimeProvider clock, ShopSource stream, ShopSource snapshots) => (App, Clock, Stream, Snapshots) = (app, clock, stream, snapshots);

    public static DateTimeOffset Start { get; } = new(2026, 11, 30, 14, 0, 0, TimeSpan.Zero);

    public WebApplication App { get; }

    public FakeTimeProvider Clock { get; }

    /// <summary>The preferred source.</summary>
    public ShopSource Stream { get; }

    /// <summary>The source that stands in for it.</summary>
    public ShopSource Snapshots { get; }

    public string Address => App.Urls.First() + "/_features/";

    public IFeatureClient Client => App.Services.GetRequiredService<IFeatureClient>();

    public ISnapshotControl Control => App.Services.GetRequiredService<ISnapshotControl>();

    public IFeatureDiagnostics Diagnostics => App.Services.GetRequiredService<IFeatureDiagnostics>();

    /// <summary>Starts with two accepted snapshots, so that there is a difference, and an hour's traffic.</summary>
    public static async Task<ShopApp> StartAsync(string? moreFlags = null, string by = "kim@example.com", string why = "Checkout: new tax rule")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ApplicationName = "Shop" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var clock = new FakeTimeProvider(Start);
        var first = ShopFlags.Document(1041, "Ramp step by plan", moreFlags, "release-bot");
        var (stream, snapshots) = (new ShopSource("flags.example.com/stream", first, clock), new ShopSource("replica.flags.example.com/v1/environments/production/snapshot", first, clock));
        // The host cuts off no connection by itself: a stop waits until each has ended.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, PageAuthentication>("test", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("view", static policy => policy.RequireAuthenticatedUser())
            .AddPolicy("on-call", static policy => policy.RequireAssertion(static one => one.User.Identity?.Name?.StartsWith("oncall", StringComparison.Ordinal) == true));
        builder.Services.AddProgressiveDelivery(features => features
            .From(_ => stream).From(_ => snapshots)
            .Configure(static options => options.MaxStaleness = TimeSpan.FromMinutes(5))
            .SendEventsTo(new InMemoryEventSink())
            .AddAspNetCore());
        var app = builder.Build();
        app.MapFeatureDiagnostics("/_features", static page =>
        {
            (page.ViewPolicy, page.ActPolicy) = ("view", "on-call");
            page.PrivateAttributes.Add("email");
            page.SavedContexts["Customer in Germany"] = new EvaluationContext("user-4711") { ["country"] = "DE", ["plan"] = "free", ["appVersion"] = "4.1.7", ["email"] = "erika@example.org" };
            page.SavedContexts["Customer in Luxembourg"] = new EvaluationContext("user-19") { ["country"] = "LU" };
            page.SavedContexts["Staff"] = new EvaluationContext("user-7") { ["email"] = "kim@example.com" };
        });
        await app.StartAsync();
        var shop = new ShopApp(app, clock, stream, snapshots);
        await Wait.UntilAsync(() => shop.Client.Status.HasRules);
        await shop.ServeAsync(minutes: 10);
        await shop.PublishAsync(ShopFlags.Document(1042, why, moreFlags, by));
        await shop.ServeAsync(minutes: 2);
        await Wait.UntilAsync(() => stream.IsAtRest);
        clock.Advance(TimeSpan.FromSeconds(4));
        return shop;
    }

    /// <summary>Publishes a snapshot, and waits until it is accepted or rejected.</summary>
    public async Task PublishAsync(string document)
    {
        var (newest, rejected) = (Control.History[0].Version, Diagnostics.Rejection);
        Stream.Set(document);
        await Wait.UntilAsync(() => Control.History[0].Version != newest || Diagnostics.Rejection != rejected);
        if (Control.History[0].Version != newest)
            Snapshots.Set(document);
    }

    /// <summary>Lets time pass in steps of 10 seconds, in each of which users come.</summary>
    public async Task ServeAsync(int minutes)
    {
        for (var step = 0; step < minutes * 6; step++)
        {
            for (var i = 0; i < 20 + step % 7; i++)
                Visit(isGood: true);
            await Wait.UntilAsync(() => Stream.IsAtRest);
            Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    /// <summary>Lets the checkout fail until its guard trips.</summary>
    public Task FailAsync() => Wait.UntilAsync(() =>
    {
        Visit(isGood: false);
        return Control.State.Trips.Count > 0;
    });

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    private void Visit(bool isGood)
    {
        var user = new EvaluationContext("user-" + _users) { ["country"] = (_users++ % 5) switch { 0 => "BE", 1 => "LU", _ => "DE" }, ["appVersion"] = "4.1.7" };
        using var features = Client.BeginScope();
        features.IsEnabled("new-checkout", user);
        features.GetString("new-search", user, "");
        features.GetString("checkout-layout", user, "");
        features.GetString("tax-rules", user, "");
        features.ReportOutcome(isGood, TimeSpan.FromMilliseconds(_users % 50 == 0 ? 500 : 120));
    }
}
