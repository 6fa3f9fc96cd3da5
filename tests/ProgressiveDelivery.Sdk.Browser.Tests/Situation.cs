using ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>Five situations in which somebody looks at the page, on a real server.</summary>
internal static class Situation
{
    private static readonly string Flags = string.Join(",\n", TestApp.Always("new-checkout", "on"), TestApp.OnWhere("tax-rules", "country", "BE"), TestApp.Always("new-search", "off"));

    /// <summary>All situations: a name, and what makes it so.</summary>
    public static IReadOnlyDictionary<string, Func<PageApp, Task>> All { get; } = new Dictionary<string, Func<PageApp, Task>>
    {
        ["all-well"] = Well,
        ["backend-gone"] = Gone,
        ["guard-tripped"] = Tripped,
        ["hold-in-force"] = Held,
        ["snapshot-rejected"] = Rejected,
    };

    public static async Task<PageApp> StartAsync(string name)
    {
        var app = await PageApp.StartAsync(Flags, isOnPort: true, page: static page => page.ActPolicy = "act");
        app.Diagnostics.Sources =
        [
            new() { Name = "flags.example.com/stream", Kind = "event stream", IsSigned = true, State = SourceState.InUse, LastConfirmed = PageApp.Start, Version = 1 },
            new() { Name = "flags.example.com/snapshot", Rank = 1, Kind = "polled every 30 s", State = SourceState.StandingBy, LastTried = PageApp.Start.AddDays(-2) },
            new() { Name = "/etc/shop/flags.json", Rank = 2, Kind = "file", State = SourceState.NotTried },
        ];
        app.Diagnostics.Refreshes = [.. Enumerable.Range(0, 38).Select(i => Refresh(i, i is 5 or 21 ? RefreshOutcome.Accepted : RefreshOutcome.Confirmed))];
        app.Clock.Advance(TimeSpan.FromSeconds(4));
        await All[name](app);
        return app;
    }

    private static Task Well(PageApp app)
    {
        app.Status = static status => status with
        {
            Age = TimeSpan.FromSeconds(4),
            MaxStaleness = TimeSpan.FromMinutes(5),
            Source = "flags.example.com/stream",
            EventSinks = [new() { Sink = "warehouse", Sent = 4_811_874, Queued = 312, Lost = 204, LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 204 } }],
        };
        return Task.CompletedTask;
    }

    private static Task Gone(PageApp app)
    {
        app.Status = static status => status with
        {
            State = FeatureClientState.Stale,
            LastConfirmed = PageApp.Start.AddMinutes(-25),
            Age = TimeSpan.FromSeconds(1536),
            MaxStaleness = TimeSpan.FromMinutes(5),
            Cause = new(FeatureClientFaultKind.Unreachable, "connection refused", PageApp.Start),
        };
        app.Diagnostics.Sources = [.. app.Diagnostics.Sources.Select(static source => source with
        {
            State = SourceState.Failing, Fault = new(FeatureClientFaultKind.Unreachable, "connection refused", PageApp.Start), Failures = 20, NextAttempt = PageApp.Start.AddSeconds(22), LastTried = PageApp.Start,
        })];
        app.Diagnostics.Refreshes = [.. app.Diagnostics.Refreshes.Take(20), .. Enumerable.Range(20, 20).Select(static i => Refresh(i, RefreshOutcome.Failed) with { Message = "connection refused" })];
        return Task.CompletedTask;
    }

    private static Task Tripped(PageApp app)
    {
        app.Status = static status => status with
        {
            Age = TimeSpan.FromSeconds(4),
            MaxStaleness = TimeSpan.FromMinutes(5),
            Control = new()
            {
                Trips = [new GuardTrip { Flag = "new-checkout", Guard = "checkout-errors", Variant = "on", Served = "off", Response = GuardResponse.Revert, Since = PageApp.Start.AddMinutes(-12), Evidence = "21 of the last 189 outcomes of 'on' were errors; allowed are 2 %", NextProbe = PageApp.Start.AddMinutes(18) }],
            },
        };
        return Task.CompletedTask;
    }

    private static async Task Held(PageApp app)
    {
        await app.Control.HoldAsync(new("ada@example.com", "INC-1234, checkout fails in Belgium") { ExpiresAfter = TimeSpan.FromHours(4) });
        await app.Control.OverrideAsync("tax-rules", "off", new("ada@example.com", "INC-1234"));
        app.Source.Set(TestApp.Document(2, Flags));
        await Wait.UntilAsync(() => app.Control.History.Count == 2);
    }

    private static Task Rejected(PageApp app)
    {
        app.Diagnostics.Rejection = new()
        {
            At = PageApp.Start.AddMinutes(-2),
            Source = "flags.example.com/stream",
            Version = 1043,
            ChangedBy = "kim@example.com",
            ChangeReason = "Remove staff rule",
            Diagnostics = [new("PD1007", DiagnosticSeverity.Fatal, "$.assertions[0]", "Assertion 'staff always see new-checkout' does not hold: 'user-7' gets 'off', expected 'on'.")],
        };
        app.Diagnostics.Refreshes = [.. app.Diagnostics.Refreshes, Refresh(38, RefreshOutcome.Rejected) with { Version = 1043, Message = "1 assertion failed" }];
        return Task.CompletedTask;
    }

    private static RefreshRecord Refresh(int i, RefreshOutcome outcome) =>
        new() { At = PageApp.Start.AddSeconds(15 * (i - 40)), Source = "flags.example.com/stream", Outcome = outcome, Version = outcome == RefreshOutcome.Accepted ? 1040 + i : null, Duration = TimeSpan.FromMilliseconds(i + 1) };
}
