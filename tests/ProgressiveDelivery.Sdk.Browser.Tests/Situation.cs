using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>Situations in which somebody looks at the page, on a real server with the real client.</summary>
internal static class Situation
{
    /// <summary>All situations: a name, and what makes it so.</summary>
    public static IReadOnlyDictionary<string, Func<ShopApp, Task>> All { get; } = new Dictionary<string, Func<ShopApp, Task>>
    {
        ["all-well"] = static _ => Task.CompletedTask,
        ["backend-gone"] = GoneAsync,
        ["guard-tripped"] = TrippedAsync,
        ["hold-in-force"] = HeldAsync,
        ["snapshot-rejected"] = RejectedAsync,
        ["trying-again"] = ProbingAsync,
    };

    public static async Task<ShopApp> StartAsync(string name)
    {
        var app = await ShopApp.StartAsync();
        try
        {
            await All[name](app);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static async Task GoneAsync(ShopApp app)
    {
        app.Stream.CutOff();
        app.Snapshots.CutOff();
        await Wait.UntilAsync(() =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            return app.Client.Status.State == FeatureClientState.Stale && app.Diagnostics.Sources.All(static source => source.State == Sdk.Diagnostics.SourceState.Failing);
        });
    }

    private static async Task TrippedAsync(ShopApp app)
    {
        await app.FailAsync();
        await app.ServeAsync(minutes: 2);
    }

    private static async Task HeldAsync(ShopApp app)
    {
        await app.Control.HoldAsync(new("ada@example.com", "INC-1234, checkout fails in Belgium") { ExpiresAfter = TimeSpan.FromHours(4) });
        await app.Control.OverrideAsync("tax-rules", "old", new("ada@example.com", "INC-1234") { ExpiresAfter = TimeSpan.FromHours(4) });
        await app.PublishAsync(ShopFlags.Document(1043, "Raise search to 40 %"));
        await app.PublishAsync(ShopFlags.Document(1044, "Banner for Black Friday", by: "release-bot"));
        await app.ServeAsync(minutes: 2);
    }

    private static async Task RejectedAsync(ShopApp app)
    {
        await app.PublishAsync(ShopFlags.Document(1043, "Remove staff rule", change: """, "assertions": [{"flag": "new-checkout", "context": {"targetingKey": "user-7", "country": "NL"}, "variant": "off"}]"""));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    private static async Task ProbingAsync(ShopApp app)
    {
        await app.FailAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        await app.ServeAsync(minutes: 1);
        await app.Control.OverrideAsync("theme", "dark", new("ada@example.com", "INC-1235"));
    }
}
