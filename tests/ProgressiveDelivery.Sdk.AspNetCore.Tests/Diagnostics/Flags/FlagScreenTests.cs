using System.Xml.Linq;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class FlagScreenTests
{
    private const string Checkout = """
        {"type": "boolean", "rules": [{"id": "staff", "when": {"attribute": "email", "endsWith": ["@example.com"]}, "serve": "on"},
          {"id": "canary", "serve": {"rollout": {"to": "on", "steps": [{"at": "2026-11-27T10:00:00Z", "percent": 1}, {"at": "2026-11-30T14:17:00Z", "percent": 5},
            {"at": "2026-11-30T15:00:00Z", "percent": 25, "gate": {"outcomes": 500}}, {"at": "2026-12-01T09:00:00Z", "percent": 100}]}}}],
         "default": "off",
         "guards": [{"id": "errors", "kind": "error", "variant": "on", "limit": 0.02, "then": "off", "probe": {"maxOutcomes": 2000}}],
         "metadata": {"owner": "team-checkout", "ticket": "javascript:alert(1)"}}
        """;

    private static readonly FlagScreen Screen = new();

    [Fact]
    public async Task ATrippedGuardIsSaidFirstWithItsEvidenceAndItsTime()
    {
        await using var page = await StartAsync();
        Trip(page, SomeState.Trip());

        var banner = Banner(page.Draw(Screen, "?key=new-checkout"));

        banner.Descendants("h2").Single().Value.Should().Be("All users get off, since 14:19:42\u00A0UTC.");
        banner.Value.Should().Contain("Guard errors tripped 12\u00A0min 25\u00A0s ago: 26 of 1\u202F069 outcomes of on were errors, against a limit of 2 %.");
        FlagsScreenTests.Class(banner.Element("section")!).Should().Contain("bad");
    }

    [Fact]
    public async Task AProbeIsSaidWithWhatItStillHasToSee()
    {
        await using var page = await StartAsync();
        Trip(page, SomeState.Trip() with { ProbePercent = 1, Probes = 2 });
        page.Status = page.Status with { Guards = [SomeState.Guard(result: GuardResult.Inconclusive) with { Outcomes = 212 }] };

        var banner = Banner(page.Draw(Screen, "?key=new-checkout"));

        banner.Descendants("h2").Single().Value.Should().Be("Trying on again with 1\u00A0%.");
        banner.Value.Should().Contain("212 of at most 2\u202F000 outcomes; guard errors decides by evidence. The others get off. It is probe 2 since the trip.");
    }

    [Fact]
    public async Task AnOverrideIsSaidBeforeTheGuardThatItMasks()
    {
        await using var page = await StartAsync();
        Trip(page, SomeState.Trip());
        page.Status = page.Status with
        {
            Control = page.Status.Control! with
            {
                Overrides = [new FlagOverride { Flag = "new-checkout", Variant = "on", HasEffect = true, By = "ada@example.com", Reason = "INC-1234", Since = PageUnderTest.Now.AddMinutes(-29), ExpiresAt = PageUnderTest.Now.AddHours(1) }],
            },
        };

        var screen = page.Draw(Screen, "?key=new-checkout");

        Banner(screen).Descendants("h2").Single().Value.Should().Be("All users get on, since 14:03:07\u00A0UTC, until 15:32:07\u00A0UTC.");
        Banner(screen).Value.Should().Contain("Overridden by ada@example.com. Reason: INC-1234").And.Contain("Besides: All users get off");
        Card(screen, "flag-rules").Descendants("li").First().Value.Should().Be("Override by ada@example.com: all users get onacts now");
    }

    [Fact]
    public async Task AQuarantinedFlagSaysItsDefectAndThatTheCodeAnswers()
    {
        await using var page = await PageUnderTest.StartAsync($$"""
            "broken": {"type": "boolean", "default": "nowhere"}, {{SomeState.Flag("sound")}}
            """);

        var screen = page.Draw(Screen, "?key=broken");

        Banner(screen).Value.Should().Contain("The fallback of the code answers: this flag is quarantined.").And.Contain("nowhere");
        Card(screen, "flag-rules").Value.Should().Contain("A quarantined flag has no rules.");
    }

    [Fact]
    public async Task RulesNotReachedAreNamedSo()
    {
        await using var page = await PageUnderTest.StartAsync("""
            "f": {"type": "boolean", "rules": [{"id": "some", "serve": {"rollout": {"to": "on", "percent": 5}}}, {"id": "all", "serve": {"rollout": {"to": "on", "percent": 5}, "else": "off"}}, {"id": "dead", "serve": "on"}], "default": "off"}
            """);

        var rules = Card(page.Draw(Screen, "?key=f"), "flag-rules").Descendants("li").ToList();

        rules.Select(static rule => FlagsScreenTests.Class(rule) == "flags-unreached").Should().Equal(false, false, true, true);
        rules[2].Value.Should().EndWith("not reached");
        Banner(page.Draw(Screen, "?key=f")).Value.Should().BeEmpty();
    }

    [Fact]
    public async Task EvidenceIsDrawnAgainstItsThresholdAndListed()
    {
        await using var page = await StartAsync();
        page.Status = page.Status with { Guards = [SomeState.Guard(result: GuardResult.Bad)] };

        var screen = page.Draw(Screen, "?key=new-checkout");

        var plot = Plots(screen, "flags-plot").Single();
        plot.Attribute("role")!.Value.Should().Be("img");
        plot.Attribute("aria-label")!.Value.Should().Be("Evidence against on: crossed 2\u00A0×\u00A010⁸ at outcome 1\u202F069.");
        plot.Descendants("text").Select(static text => text.Value).Should().Contain(["1", "10²", "trips at 2\u00A0×\u00A010⁸", "1\u202F069", "outcomes of “on”"]);
        plot.Descendants("path").Single(static path => FlagsScreenTests.Class(path).StartsWith("curve", StringComparison.Ordinal)).Attribute("d")!.Value.Should().MatchRegex("^M[0-9. L]+$");
        plot.Descendants("svg").Should().Contain(static svg => FlagsScreenTests.Class(svg).StartsWith("icon bad", StringComparison.Ordinal));
        screen.Descendants("details").First().Descendants("td").Select(static cell => cell.Value).Should().Equal("10", "1.65", "880", "100", "1\u202F069", "2\u00A0×\u00A010⁸");
        screen.Descendants("h2").Select(static title => title.Value).Should().Contain("Guard errors: errors of on at most 2\u00A0%");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task EvidenceWithoutBoundsIsDrawnWithinTheChart(double log)
    {
        await using var page = await StartAsync();
        page.Status = page.Status with { Guards = [SomeState.Guard() with { LogEvidence = log, Evidence = [new(0, log), new(1, log)], Share = new(double.NaN, double.NaN, log) }] };

        var plot = Plots(page.Draw(Screen, "?key=new-checkout"), "flags-plot").Single();

        plot.ToString().Should().NotContainAny("NaN", "Infinity", "∞");
    }

    [Fact]
    public async Task SharesShowTheirIntervalsAndTheLimit()
    {
        await using var page = await StartAsync();
        page.Status = page.Status with { Guards = [SomeState.Guard() with { Against = "off", AgainstOutcomes = 16_880, AgainstBad = 142, AgainstShare = new(0.0084, 0.007, 0.0101), Difference = new(0.0159, 0.004, 0.029) }] };

        var screen = page.Draw(Screen, "?key=new-checkout");

        var shares = Plots(screen, "flags-shares").Single();
        shares.Attribute("aria-label")!.Value.Should().Be("on: 2.43\u00A0%, 95 % interval 1.61\u00A0% to 3.71\u00A0%. off: 0.84\u00A0%, 95 % interval 0.7\u00A0% to 1.01\u00A0%. Allowed are 2\u00A0%.".Replace("0.84\u00A0%", Sdk.Pages.Numbers.Rate(0.0084), StringComparison.Ordinal).Replace("0.7\u00A0%", Sdk.Pages.Numbers.Rate(0.007), StringComparison.Ordinal));
        shares.Value.Should().Contain("26 of 1\u202F069").And.Contain("142 of 16\u202F880");
        shares.Descendants("line").Count(static line => FlagsScreenTests.Class(line) == "flags-limit").Should().Be(2);
        screen.Value.Should().Contain("Difference +1.59, 95 % interval +0.40 to +2.90 percentage points.");
    }

    [Theory]
    [InlineData(GuardResult.NoData, false, "No data", "gets no outcomes. No data is not fine.")]
    [InlineData(GuardResult.Inconclusive, false, "Inconclusive", "Too few outcomes")]
    [InlineData(GuardResult.Fine, true, "Fine, dry run", "Dry run: a trip only shows.")]
    [InlineData(GuardResult.Bad, true, "Bad, dry run", "It would have tripped.")]
    public async Task EachResultOfAGuardIsSaidInWords(GuardResult result, bool isDryRun, string badge, string words)
    {
        await using var page = await StartAsync();
        var guard = SomeState.Guard(result: result) with { IsDryRun = isDryRun };
        page.Status = page.Status with { Guards = [result == GuardResult.NoData ? guard with { Outcomes = 0, Bad = 0, Share = null, Evidence = [] } : guard] };

        var part = page.Draw(Screen, "?key=new-checkout").Descendants("div").First(static div => FlagsScreenTests.Class(div).Contains("flags-guard", StringComparison.Ordinal));

        part.Descendants("span").Select(static span => span.Value).Should().Contain(badge);
        part.Value.Should().Contain(words);
    }

    [Fact]
    public async Task TheRampShowsItsStepsAndTheConditionsOfTheNext()
    {
        await using var page = await StartAsync();
        page.Status = page.Status with { Ramps = [SomeState.Ramp()] };

        var screen = page.Draw(Screen, "?key=new-checkout");

        var ramp = Plots(screen, "flags-steps").Single();
        ramp.Attribute("aria-label")!.Value.Should().Be("At 5\u00A0% since 14:17:07\u00A0UTC. Next 25\u00A0%, waits for: guard 'errors': 120 of 500 outcomes, 15:00:07\u00A0UTC.");
        ramp.Descendants("strong").Select(static percent => percent.Value).Should().Equal("1\u00A0%", "5\u00A0%", "25\u00A0%", "100\u00A0%");
        ramp.Descendants("rect").Select(FlagsScreenTests.Class).Should().Equal("f1", "f1", "flags-step-next", "flags-step-next");
        screen.Value.Should().Contain("Next step: 25\u00A0%, waits for:").And.Contain("not before 15:00:07\u00A0UTC");
        screen.Descendants("td").Select(static cell => cell.Value).Should().ContainInOrder("5\u00A0%", "present", "25\u00A0%", "next", "100\u00A0%", "later");
    }

    [Fact]
    public async Task WithoutADefinitionOnlyWhatIsKnownOfTheRampIsDrawn()
    {
        await using var page = await StartAsync();
        page.Diagnostics.Definitions.Clear();
        page.Status = page.Status with { Ramps = [SomeState.Ramp()] };

        var screen = page.Draw(Screen, "?key=new-checkout");

        Plots(screen, "flags-steps").Single().Descendants("strong").Select(static percent => percent.Value).Should().Equal("5\u00A0%", "25\u00A0%");
        screen.Value.Should().Contain("The definition of this flag cannot be shown");
    }

    [Fact]
    public async Task ServedIsShownByVariantAndReason()
    {
        await using var page = await StartAsync();
        Served(page).Should().Contain("counting has begun");

        page.Serve(EvaluationReason.Guarded, ("new-checkout", "off", 1067));
        page.Serve(EvaluationReason.Default, ("new-checkout", "off", 20_277));

        Served(page).Should().Contain("offcontrol21\u202F344 · 100\u00A0%").And.Contain("on0 · 0\u00A0%").And.Contain("Reasons: Default 20\u202F277 · Guarded 1\u202F067");
        for (var i = 0; i < 6; i++)
            page.Serve();
        Served(page).Should().Contain("Served: not evaluated in the last minute.");
    }

    [Fact]
    public async Task ActsAreOfferedOnlyToThoseWhoMayAct()
    {
        await using var page = await StartAsync();
        Acts(page.Draw(Screen, "?key=new-checkout")).Should().BeEmpty();
        Acts(page.Draw(Screen, "?key=new-checkout", mayAct: true)).Should().Equal("act?do=override&flag=new-checkout", "act?do=kill&flag=new-checkout", "act?do=hold&flag=new-checkout");

        Trip(page, SomeState.Trip());

        Acts(page.Draw(Screen, "?key=new-checkout")).Should().BeEmpty();
        Acts(page.Draw(Screen, "?key=new-checkout", mayAct: true)).Should().Equal("act?do=reset-guards&flag=new-checkout", "act?do=override&flag=new-checkout", "act?do=hold&flag=new-checkout");
    }

    [Fact]
    public async Task TheTrailShowsTheActsOfThisFlagTheNewestFirst()
    {
        await using var page = await StartAsync();
        Card(page.Draw(Screen, "?key=new-checkout"), "flag-trail").Value.Should().Contain("No control act yet.");
        page.Trail =
        [
            new() { Kind = ControlActKind.Override, By = "kim", Reason = "try", At = PageUnderTest.Now.AddDays(-3), Flag = "new-checkout", ToVariant = "on" },
            new() { Kind = ControlActKind.GuardTripped, By = "guard 'errors'", Reason = "26 of 1,069", At = PageUnderTest.Now, Flag = "new-checkout", FromVariant = "on", ToVariant = "off" },
            new() { Kind = ControlActKind.Override, By = "eve", Reason = "other", At = PageUnderTest.Now, Flag = "other", ToVariant = "on" },
        ];

        Card(page.Draw(Screen, "?key=new-checkout"), "flag-trail").Descendants("li").Select(static record => record.Value).Should()
            .Equal("14:32:07\u00A0UTCguard 'errors' tripped on → off26 of 1\u202F069", "27\u00A0Nov,\u00A014:32\u00A0UTCkim overrode the flag to ontry");
    }

    [Fact]
    public async Task NotesOfOwnersAreTextAndNeverLinks()
    {
        await using var page = await StartAsync();

        var screen = page.Draw(Screen, "?key=new-checkout");

        screen.Descendants("dd").Select(static note => note.Value).Should().Contain("javascript:alert(1)");
        screen.Descendants("a").Should().OnlyContain(static link => !link.Attribute("href")!.Value.Contains(':'));
    }

    [Fact]
    public async Task TheDefinitionStandsBehindASummaryLineByLine()
    {
        await using var page = await StartAsync();

        var definition = page.Draw(Screen, "?key=new-checkout").Descendants("details").Single(static details => details.Element("summary")!.Value == "Show definition");

        definition.Attribute("open").Should().BeNull();
        definition.Descendants("pre").Single().Value.Should().Be(Checkout);
        definition.Descendants("button").Single().Attribute("data-copy")!.Value.Should().Be("flag-definition");
    }

    [Fact]
    public async Task LongValuesAreCutWithAllOfThemBehindASummary()
    {
        await using var page = await PageUnderTest.StartAsync($$"""
            "f": {"type": "json", "variants": {"long": {"text": "{{new string('x', 5000)}}"}, "short": {"a": 1} }, "default": "long"}
            """);

        var values = page.Draw(Screen, "?key=f").Descendants("ul").Single(static list => FlagsScreenTests.Class(list) == "flags-variants").Elements("li").ToList();

        values[0].Descendants("code").First(static code => FlagsScreenTests.Class(code) == "flags-value").Value.Should().HaveLength(201).And.EndWith("…");
        values[0].Descendants("summary").Single().Value.Should().Be("Show all");
        values[0].Descendants("pre").Single().Value.Should().Contain(new string('x', 5000));
        values[1].Descendants("pre").Single().Value.Should().Be("{\n  \"a\": 1\n}");
    }

    [Fact]
    public async Task AnUnknownFlagIsNotFoundAndItsNearestNamesAreOffered()
    {
        await using var page = await StartAsync();

        var screen = page.Draw(Screen, "?key=new-chekcout");

        page.StatusCode.Should().Be(404);
        screen.Value.Should().Contain("Snapshot 1042 has no flag “new-chekcout”.");
        screen.Descendants("li").Single().Element("a")!.Attribute("href")!.Value.Should().Be("flag?key=new-checkout");
    }

    private static async Task<PageUnderTest> StartAsync()
    {
        var page = await PageUnderTest.StartAsync($"\"new-checkout\": {Checkout}, {SomeState.Flag("other")}");
        page.Diagnostics.Definitions["new-checkout"] = Checkout;
        return page;
    }

    private static void Trip(PageUnderTest page, GuardTrip trip) => page.Status = page.Status with { Control = SomeState.Tripped(trip) };

    private static string Served(PageUnderTest page) => Card(page.Draw(Screen, "?key=new-checkout"), "flag-served").Value;

    private static XElement Banner(XElement screen) => Card(screen, "flag-acts");

    private static XElement Card(XElement screen, string id) => screen.Descendants().Single(element => element.Attribute("id")?.Value == id);

    private static IEnumerable<XElement> Plots(XElement screen, string cssClass) => screen.Descendants("div").Where(div => FlagsScreenTests.Class(div) == cssClass);

    private static IEnumerable<string> Acts(XElement screen) => screen.Descendants("a").Select(static link => link.Attribute("href")!.Value).Where(static link => link.StartsWith("act", StringComparison.Ordinal));
}
