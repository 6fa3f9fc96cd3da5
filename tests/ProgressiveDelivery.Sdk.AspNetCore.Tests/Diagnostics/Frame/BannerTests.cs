using System.Net;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public class BannerTests
{
    private static readonly FeatureClientFault Denied = new(FeatureClientFaultKind.AccessDenied, "flags.example.com answered 401. Check the SDK key.", PageApp.Start, 401) { NeedsAction = true };

    [Fact]
    public async Task ReadySaysVersionAcceptanceAndConfirmation()
    {
        await using var app = await PageApp.StartAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(12));
        app.Status = static status => status with { Age = TimeSpan.FromSeconds(4), Source = "flags.example.com/stream", MaxStaleness = TimeSpan.FromMinutes(5) };

        var banner = await BannerOf(app);

        banner.Should().Be("All well. The rules are current. Snapshot 1, accepted 12 min ago, confirmed 4 s ago by flags.example.com/stream. Since the last confirmation 4 s 5 min allowed");
    }

    [Fact]
    public async Task StartingSaysWhatAnswersMeanwhile()
    {
        await using var app = await PageApp.StartAsync();
        app.Diagnostics.Sources = [new() { Name = "flags.example.com", Kind = "polled every 30 s" }];
        app.Status = static status => status with { State = FeatureClientState.NotReady, Since = PageApp.Start.AddSeconds(-3), Origin = SnapshotOrigin.None, Source = null, Age = null };

        (await BannerOf(app)).Should().Be("Starting. Fallback values answer until the first snapshot. Waiting for flags.example.com, 3 s so far.");
    }

    [Fact]
    public async Task StaleSaysSinceWhenAndWhatIsMissing()
    {
        await using var app = await PageApp.StartAsync();
        app.Status = static status => status with
        {
            State = FeatureClientState.Stale,
            SnapshotVersion = 1042,
            LastConfirmed = PageApp.Start.AddMinutes(-26),
            Age = TimeSpan.FromSeconds(1536),
            MaxStaleness = TimeSpan.FromMinutes(5),
        };

        (await BannerOf(app)).Should().StartWith(
            "Stale. Answers go on from memory. No source has confirmed the rules since 13:34:00 UTC. Everything is answered from snapshot 1042. Changes and kills published since then have not arrived here.")
            .And.EndWith("Since the last confirmation 25 min 36 s 5 min allowed");
    }

    [Fact]
    public async Task FailedSaysThatItDoesNotMendItself()
    {
        await using var app = await PageApp.StartAsync();
        app.Status = static status => status with { State = FeatureClientState.Failed, Source = "flags.example.com", Cause = Denied, Age = null };

        (await BannerOf(app)).Should().Be(
            "Failed: access denied by flags.example.com. Answers go on from memory. This does not mend itself. flags.example.com answered 401. Check the SDK key.");
    }

    [Fact]
    public async Task RejectedSaysThatItWasNeverServed()
    {
        await using var app = await PageApp.StartAsync();
        Reject(app);
        app.Status = static status => status with
        {
            SnapshotVersion = 1042,
            State = FeatureClientState.Failed,
            Age = null,
            Cause = new(FeatureClientFaultKind.InvalidSnapshot, "rejected", PageApp.Start) { NeedsAction = true },
        };

        (await BannerOf(app)).Should().Be("Snapshot 1043 was rejected. 1042 stays in force. It failed 1 of its own assertions. It was never served.");
    }

    [Fact]
    public async Task GuardSaysWhatAllUsersGet()
    {
        await using var app = await PageApp.StartAsync();
        app.Status = static status => status with { Age = null, Control = new() { Trips = [Trip()] } };

        (await BannerOf(app)).Should().Be("A guard tripped. new-checkout: all users get off since 13:48:00 UTC. Snapshot 1, accepted 0 s ago.");
    }

    [Fact]
    public async Task ProbingSaysTheShareAndTheOutcomes()
    {
        await using var app = await PageApp.StartAsync();
        app.Status = static status => status with
        {
            Age = null,
            Control = new() { Trips = [Trip() with { ProbePercent = 1 }] },
            Guards = [new() { Flag = "new-checkout", Guard = "checkout-errors", Variant = "on", Outcomes = 212 }],
        };

        (await BannerOf(app)).Should().Be("Trying “on” again with 1 %. new-checkout: 1 % of the units get on again. 212 outcomes so far; the evidence decides. Snapshot 1, accepted 0 s ago.");
    }

    [Fact]
    public async Task WorstStateDecides()
    {
        await using var app = await PageApp.StartAsync();
        Reject(app);
        async Task<string> Headline(Func<FeatureClientStatus, FeatureClientStatus> status)
        {
            app.Status = status;
            return Regex.Match(await app.ReadAsync(), "<h2>(.*?)</h2>").Groups[1].Value;
        }

        (await Headline(static status => status)).Should().StartWith("Snapshot 1043 was rejected");
        (await Headline(static status => status with { State = FeatureClientState.Stale })).Should().StartWith("Stale.");
        (await Headline(static status => status with { State = FeatureClientState.Stale, Control = new() { Trips = [Trip()] } })).Should().Be("A guard tripped.");
        (await Headline(static status => status with { State = FeatureClientState.Failed, Cause = Denied, Control = new() { Trips = [Trip()] } })).Should().StartWith("Failed:");
        (await Headline(static status => status with { State = FeatureClientState.Closed })).Should().StartWith("Closed.");
    }

    [Fact]
    public async Task AttentionListsTheWorstFirst()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("old", "on").Replace("\"default\"", "\"metadata\": {\"expires\": \"2026-11-01\"}, \"default\"", StringComparison.Ordinal));
        Reject(app);
        app.Diagnostics.Sources = [new() { Name = "one", Kind = "file", State = SourceState.Failing, Failures = 61, NextAttempt = PageApp.Start.AddSeconds(22) }];
        app.Diagnostics.SnapshotDiagnostics = [new("PD1151", DiagnosticSeverity.Warning, "$.flags['tax'].guards[0]", "Flag 'tax', guard 'errors': it has no limit. Give one.")];
        app.Status = static status => status with
        {
            Age = TimeSpan.FromMinutes(10),
            MaxStaleness = TimeSpan.FromMinutes(5),
            LastConfirmed = PageApp.Start.AddMinutes(-10),
            EventSinks = [new() { Sink = "warehouse", Lost = 204 }],
            Control = new() { Trips = [Trip()], Overrides = [new() { Flag = "tax", Variant = "old", By = "ada", Reason = "x", Since = PageApp.Start }] },
        };

        var items = Regex.Matches(await app.ReadAsync(), "<p data-says=\"[a-z]*\">(.*?)</p>").Select(static item => Plain(item.Groups[1].Value));

        items.Should().Equal(
            "checkout-errors tripped on new-checkout. 21 of the last 189 outcomes of on were errors.",
            "Snapshot 1043 rejected: It failed 1 of its own assertions.",
            "No source answers. Its last fault is below.",
            "Older than allowed. The rules may be 5 min old and are 10 min old.",
            "204 events were lost on the way to warehouse.",
            "tax is overridden to old.",
            "Flag 'tax', guard 'errors': it has no limit. Give one.",
            "old expired on 1 Nov, 00:00 UTC. Remove it from the code, or give it a new date.");
    }

    [Fact]
    public async Task NothingToDoIsSaid()
    {
        await using var app = await PageApp.StartAsync();

        (await app.ReadAsync()).Should().Contain("No action is needed.").And.Contain("No samples yet.");
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1, 1)]
    [InlineData(1.2, 2)]
    [InlineData(8712, 10_000)]
    [InlineData(100, 100)]
    [InlineData(201, 500)]
    [InlineData(double.NaN, 1)]
    public void AxisEndsAtARoundNumber(double max, double top) => RatesChart.Top(max).Should().Be(top);

    internal static GuardTrip Trip() => new()
    {
        Flag = "new-checkout",
        Guard = "checkout-errors",
        Variant = "on",
        Served = "off",
        Response = GuardResponse.Revert,
        Since = PageApp.Start.AddMinutes(-12),
        Evidence = "21 of the last 189 outcomes of 'on' were errors",
    };

    private static void Reject(PageApp app) => app.Diagnostics.Rejection = new()
    {
        At = PageApp.Start,
        Source = "flags.example.com",
        Version = 1043,
        Diagnostics = [new("PD1007", DiagnosticSeverity.Fatal, "$", "It failed 1 of its own assertions.")],
        ChangedBy = "kim",
    };

    private static async Task<string> BannerOf(PageApp app) => Plain(Regex.Match(await app.ReadAsync(), "<section[^>]* id=\"banner\".*?</section>").Value);

    internal static string Plain(string html) =>
        Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(html, "</(p|h2|div)>", " "), "<[^>]*>", "")), "[\\s\u00A0]+", " ").Trim();
}
