using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public class ScreenTests
{
    private static readonly string[] Paths = ["", "events", "audit"];

    public static TheoryData<string> Hostile { get; } =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "</script></style><b>", "a\u202Eevil\u2066", new('x', 10_000), "line\nline\r\n", "{{7*7}}${7*7}<%= 7*7 %>", "'; --", "\uD800",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task S13_HostileTextIsDataOnEachScreen(string text)
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("f", "on"));
        await app.Control.OverrideAsync("f", "off", new(text, text));
        await app.Control.HoldAsync(new(text, text));
        var fault = new FeatureClientFault(FeatureClientFaultKind.AccessDenied, text, PageApp.Start) { NeedsAction = true };
        app.Diagnostics.Sources = [new() { Name = text, Kind = text, State = SourceState.Failing, Fault = fault }];
        app.Diagnostics.Refreshes = [new() { At = PageApp.Start, Source = text, Outcome = RefreshOutcome.Failed, Message = text }];
        app.Diagnostics.Rejection = new() { At = PageApp.Start, Source = text, Diagnostics = [new(text, DiagnosticSeverity.Fatal, text, text)], ChangedBy = text, ChangeReason = text };
        app.Status = status => status with
        {
            State = FeatureClientState.Failed,
            Cause = fault,
            Source = text,
            EventSinks = [new() { Sink = text, Lost = 1, LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 1 }, Fault = text, SpillFault = text }],
            Control = status.Control! with { Trips = [BannerTests.Trip() with { Flag = text, Guard = text, Served = text, Evidence = text }], Ramps = [new() { Flag = text, Reached = 5, IsPaused = true, Cause = text, Since = PageApp.Start }] },
            Experiments = [new() { Experiment = text, Flag = text, Since = PageApp.Start, Variants = [], Hint = ExperimentHint.Mismatch }],
            Ramps = [new() { Flag = text, Next = 5, NextAt = PageApp.Start, WaitsFor = [text] }],
        };

        foreach (var path in Paths)
        {
            var html = await app.ReadAsync("/_features/" + path, Uri.EscapeDataString(text.Replace("\uD800", "?", StringComparison.Ordinal)));
            var document = Parse(html);
            document.Descendants().Select(static element => element.Name.LocalName).Should().NotContain(["b", "img", "script"]);
            document.Descendants().Attributes().Where(static attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "style").Should().BeEmpty();
            SecurityTests.Links(html).Should().OnlyContain(static link => !link.StartsWith('/') && !link.Contains(':'));
            html.Should().NotContain("\u202E").And.NotContain("\u2066");
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task S13_HostileQueryIsData(string text)
    {
        await using var app = await PageApp.StartAsync();
        var query = Uri.EscapeDataString(text.Replace("\uD800", "?", StringComparison.Ordinal));

        var html = await app.ReadAsync($"/_features/audit?who={query}&act={query}&flag={query}&q={query}");

        Parse(html).Descendants().Select(static element => element.Name.LocalName).Should().NotContain(["b", "img", "script"]);
        html.Should().Contain("No control act yet.");
    }

    [Fact]
    public async Task EachPartThatChangesHasAnIdOfItsOwn()
    {
        await using var app = await PageApp.StartAsync();

        foreach (var path in Paths)
        {
            var document = Parse(await app.ReadAsync("/_features/" + path));
            var ids = document.Descendants().Attributes("id").Select(static id => id.Value).ToList();
            ids.Should().OnlyHaveUniqueItems();
            document.Descendants().Where(static element => element.Attribute("data-live") is not null).Should().NotBeEmpty().And.OnlyContain(static element => element.Attribute("id") != null);
            document.Descendants("main").Should().ContainSingle();
            document.Descendants("h1").Should().ContainSingle();
            document.Descendants("nav").Select(static nav => nav.Attribute("aria-label")!.Value).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public async Task StripsSayTheHoldAndTheOverridesOnEachScreen()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("new-checkout", "on"));
        await app.Control.HoldAsync(new("ada", "INC-1234") { ExpiresAfter = TimeSpan.FromHours(4) });
        await app.Control.OverrideAsync("new-checkout", "off", new("kim", "It fails."));
        app.Source.Set(TestApp.Document(2, ""));
        await Wait.UntilAsync(() => app.Control.History.Count == 2);
        app.Clock.Advance(TimeSpan.FromMinutes(29));

        foreach (var path in Paths)
        {
            var strips = BannerTests.Plain(Regex.Match(await app.ReadAsync("/_features/" + path), "<aside.*?</aside>").Value);
            strips.Should().Be(
                "Snapshot 1 is held by ada since 14:00:00 UTC (29 min), until 18:00 UTC. Reason: INC-1234. 1 newer snapshot waits See " +
                "new-checkout is overridden to off by kim until it is removed. Reason: It fails. See");
        }
    }

    [Fact]
    public async Task ButtonsAreDrawnForThoseWhoMayActOnly()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("f", "on"), page: static page => page.ActPolicy = "act");
        await app.Control.HoldAsync(new("ada", "x"));

        (await app.ReadAsync(user: "ada")).Should().NotContain("See and release");
        (await app.ReadAsync(user: "oncall")).Should().Contain("See and release…");
    }

    [Fact]
    public async Task EventsBalanceForEachSinkAndNameTheirLosses()
    {
        await using var app = await PageApp.StartAsync();
        app.Status = static status => status with
        {
            EventSinks =
            [
                new() { Sink = "warehouse", Queued = 312, Sent = 4_811_874, Lost = 204, LostByCause = new Dictionary<EventLossCause, long> { [EventLossCause.Invalid] = 200, [EventLossCause.Shutdown] = 4 }, Spilled = 12, SpilledBytes = 2048 },
                new() { Sink = "disk", Lost = 2 },
            ],
        };

        var text = BannerTests.Plain(Regex.Match(await app.ReadAsync("/_features/events"), "<main.*</main>").Value);

        text.Should().Contain("warehouse Working Accepted since the start 4 812 390 →Queued now 312 →Delivered 4 811 874 Lost, each counted below 204 Counts balance: accepted = queued + delivered + lost.")
            .And.Contain("12 of the queued are on disk, in 2 kB.").And.Contain("Counts do not balance: 2 were lost, and 0 have a cause.").And.Contain("Shutdown: the last flush passed its deadline.4");
    }

    [Fact]
    public async Task EmptyScreensSayWhatIsMissing()
    {
        await using var app = await PageApp.StartAsync();

        (await app.ReadAsync("/_features/events")).Should().Contain("No sink takes events.").And.Contain("No event was lost since the start.");
        (await app.ReadAsync("/_features/audit")).Should().Contain("No control act yet.");
        (await app.ReadAsync("/_features/")).Should().Contain("No source is configured").And.Contain("No source has answered yet.");
    }

    [Fact]
    public async Task AuditTrailIsFilteredAndExported()
    {
        await using var app = await PageApp.StartAsync(TestApp.Always("f", "on"));
        await app.Control.OverrideAsync("f", "off", new("ada", "INC-1: \"quoted\"\nline"));
        await app.Control.HoldAsync(new("kim", "INC-2"));

        var all = await app.ReadAsync("/_features/audit");
        var one = BannerTests.Plain(Regex.Match(await app.ReadAsync("/_features/audit?who=kim"), "<tbody>.*</tbody>").Value);
        var lines = (await app.ReadAsync("/_features/audit.jsonl?act=Override")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToList();

        all.Should().Contain("INC-1").And.Contain("INC-2");
        one.Should().Contain("kim").And.NotContain("INC-1");
        Regex.Match(await app.ReadAsync("/_features/audit?q=inc-1"), "<main.*</main>").Value.Should().Contain("value=\"inc-1\"").And.Contain("INC-1:").And.NotContain("INC-2");
        lines.Should().ContainSingle();
        lines[0].GetProperty("by").GetString().Should().Be("ada");
        lines[0].GetProperty("reason").GetString().Should().Be("INC-1: \"quoted\"\nline");
        lines[0].GetProperty("toVariant").GetString().Should().Be("off");
    }

    // Well-formed XML, but for the style and the script, which are ours.
    private static XElement Parse(string html) =>
        XElement.Parse(Regex.Replace(Regex.Replace(html, "<!DOCTYPE html>\n", ""), "<(style|script) nonce=\"[^\"]*\">.*?</\\1>", "", RegexOptions.Singleline));
}
