using System.Xml.Linq;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class FlagsScreenTests
{
    private static readonly FlagsScreen Screen = new();

    public static TheoryData<string, string> Badges => new()
    {
        { "tripped", "Guard tripped" },
        { "overridden", "Overridden" },
        { "broken", "Quarantined" },
        { "old", "Expired 1\u00A0Nov" },
        { "layout", "Split sound" },
        { "skewed", "Split wrong" },
        { "fine", "Guards fine" },
        { "dry", "Dry run" },
        { "idle", "No data for guards" },
        { "stopped", "Ramp stopped" },
        { "off", "Off" },
    };

    [Theory]
    [MemberData(nameof(Badges))]
    public async Task EachStateIsSaidInWords(string flag, string words)
    {
        await using var page = await StartAsync();

        var row = Row(page.Draw(Screen), flag);

        row.Descendants("span").Where(static span => Class(span).StartsWith("badge ", StringComparison.Ordinal)).Select(static badge => badge.Value).Should().Equal(words);
    }

    [Fact]
    public async Task FlagsThatNeedAttentionComeFirstAndTheOthersInTheirOrder()
    {
        await using var page = await StartAsync();

        Keys(page.Draw(Screen)).Should().Equal("tripped", "overridden", "broken", "skewed", "old", "stopped", "calm", "layout", "fine", "dry", "idle", "off");
    }

    [Fact]
    public async Task AtMostTwoBadgesStandInARowTheWorstFirst()
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("new-checkout", "\"metadata\": {\"expires\": \"2026-11-01\"}"));
        page.Status = page.Status with { Control = SomeState.Tripped(SomeState.Trip()), Ramps = [SomeState.Ramp() with { IsPaused = true }] };

        var badges = Row(page.Draw(Screen), "new-checkout").Descendants("span").Where(static span => Class(span).StartsWith("badge ", StringComparison.Ordinal));

        badges.Select(static badge => badge.Value).Should().Equal("Guard tripped", "Expired 1\u00A0Nov");
    }

    [Theory]
    [InlineData("attention", "tripped,overridden,broken,skewed,old,stopped")]
    [InlineData("expired", "old")]
    [InlineData("quarantined", "broken")]
    [InlineData("experiments", "skewed,layout")]
    [InlineData("ramping", "stopped")]
    [InlineData("unknown", "tripped,overridden,broken,skewed,old,stopped,calm,layout,fine,dry,idle,off")]
    public async Task ChoicesLeaveTheirFlags(string filter, string keys)
    {
        await using var page = await StartAsync();

        Keys(page.Draw(Screen, "?filter=" + filter)).Should().Equal(keys.Split(','));
    }

    [Fact]
    public async Task ChoicesShowHowManyTheSearchLeaves()
    {
        await using var page = await StartAsync();

        var choices = page.Draw(Screen, "?q=O").Descendants("nav").Single(static nav => Class(nav) == "flags-choices").Elements("a").ToList();

        choices[0].Value.Should().Be("All 12");
        choices[0].Attribute("aria-current")!.Value.Should().Be("true");
        choices.Select(static choice => choice.Value).Should().Contain("Needs attention 6").And.Contain("Expired 1");
        choices.Single(static choice => choice.Value == "Expired 1").Attribute("href")!.Value.Should().Be("flags?q=O&filter=expired");
    }

    [Theory]
    [InlineData("LAY", "layout")]
    [InlineData("team-search", "calm")]
    [InlineData("gold-rule", "calm")]
    [InlineData("team calm", "calm")]
    public async Task SearchFindsKeysOwnersRulesAndVariantsInAnyCase(string search, string key)
    {
        await using var page = await StartAsync();

        Keys(page.Draw(Screen, "?q=" + Uri.EscapeDataString(search))).Should().Equal(key);
    }

    [Fact]
    public async Task ASearchWithoutMatchSaysSoAndOffersTheWayBack()
    {
        await using var page = await StartAsync();

        var empty = page.Draw(Screen, "?q=chekout").Descendants("p").Single(static p => Class(p) == "empty");

        empty.Value.Should().Be("No flag matches “chekout”. Clear search.");
        empty.Element("a")!.Attribute("href")!.Value.Should().Be("flags");
    }

    [Fact]
    public async Task ASnapshotWithoutFlagsSaysSo()
    {
        await using var page = await PageUnderTest.StartAsync("");

        page.Draw(Screen).Descendants("p").Single(static p => Class(p) == "empty").Value.Should().Be("No flags in snapshot 1042.");
    }

    [Fact]
    public async Task TenThousandFlagsArePaged()
    {
        await using var page = await PageUnderTest.StartAsync(string.Join(',', Enumerable.Range(0, 10_000).Select(static i => SomeState.Flag($"flag-{i:0000}"))));

        var second = page.Draw(Screen, "?q=flag&page=2");

        Keys(second).Should().HaveCount(100).And.StartWith("flag-0100");
        second.Descendants("p").Single(static p => p.Attribute("id")?.Value == "flags-count").Value.Should().Be("101–200 of 10\u202F000 flags · those that need attention first");
        second.Descendants("nav").Single(static nav => Class(nav) == "flags-pages").Elements("a").Select(static link => link.Attribute("href")!.Value).Should().Equal("flags?q=flag", "flags?q=flag&page=3");
        Keys(page.Draw(Screen, "?page=999")).Should().StartWith("flag-9900");
        Keys(page.Draw(Screen, "?page=-1")).Should().StartWith("flag-0000");
    }

    [Fact]
    public async Task TheBarShowsSharesAndTheLegendTheirNumbers()
    {
        await using var page = await StartAsync();
        page.Serve(("calm", "off", 9990), ("calm", "on", 10));

        var row = Row(page.Draw(Screen), "calm");

        var parts = row.Descendants("svg").Single(static svg => Class(svg) == "flags-bar").Elements("rect").ToList();
        parts.Select(Class).Should().Equal("f0", "f1");
        Percent(parts[1].Attribute("width")!).Should().Be(0.8);     // 2 px of a bar of 250 px.
        (Percent(parts[0].Attribute("width")!) + Percent(parts[1].Attribute("width")!) + 0.8).Should().BeApproximately(100, 0.01);
        row.Descendants("li").Select(static item => item.Value).Should().Equal("off 99.9\u00A0%", "on 0.1\u00A0%");
    }

    [Fact]
    public async Task MoreThanSixVariantsAreFolded()
    {
        await using var page = await PageUnderTest.StartAsync("""
            "many": {"type": "integer", "variants": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8}, "default": "a"}
            """);
        page.Serve(("many", "a", 10), ("many", "b", 5), ("many", "c", 1), ("many", "d", 2), ("many", "e", 20), ("many", "f", 30), ("many", "g", 25), ("many", "h", 6), ("many", null, 1));

        var row = Row(page.Draw(Screen), "many");

        row.Descendants("li").Select(static item => item.Value).Should().Equal("a 10\u00A0%", "e 20\u00A0%", "f 30\u00A0%", "g 25\u00A0%", "h 6\u00A0%", "other variants 8\u00A0%", "fallback of the code 1\u00A0%");
        row.Descendants("rect").Should().HaveCount(7);
    }

    [Fact]
    public async Task ARampSaysItsNextStepAndItsWait()
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("new-checkout"));
        page.Status = page.Status with { Ramps = [SomeState.Ramp()] };

        Cell(page, "flags-ramp-cell").Should().Be("5\u00A0% · 25\u00A0% at 15:00:07\u00A0UTC, guard 'errors': 120 of 500 outcomes");

        page.Status = page.Status with { Control = SomeState.Tripped(SomeState.Trip()) };
        Cell(page, "flags-ramp-cell").Should().Be("0\u00A0%, was 5\u00A0% · waits until the guard is cleared");

        page.Status = page.Status with { Control = null, Ramps = [SomeState.Ramp() with { Percent = 100, Next = null, NextAt = null, WaitsFor = [] }] };
        Cell(page, "flags-ramp-cell").Should().Be("100\u00A0% · done");
    }

    [Fact]
    public async Task RowsAreCellsAlsoWhenLaidOutAsCards()
    {
        await using var page = await StartAsync();

        var table = page.Draw(Screen).Descendants("table").Single();

        table.Attribute("role")!.Value.Should().Be("table");
        table.Descendants("td").Should().OnlyContain(static cell => cell.Attribute("role")!.Value == "cell");
        table.Element("tbody")!.Elements("tr").Select(static row => row.Attribute("id")!.Value).Should().OnlyHaveUniqueItems();
        table.Element("tbody")!.Elements("tr").Should().OnlyContain(static row => row.Attribute("data-live") != null);
    }

    internal static string Class(XElement element) => element.Attribute("class")?.Value ?? "";

    private static async Task<PageUnderTest> StartAsync()
    {
        var page = await PageUnderTest.StartAsync(string.Join(',',
            """
            "calm": {"type": "boolean", "rules": [{"id": "gold-rule", "when": {"attribute": "plan", "equals": "gold"}, "serve": "on"}], "default": "off", "metadata": {"owner": "team-search"}}
            """,
            SomeState.Flag("old", "\"metadata\": {\"expires\": \"2026-11-01\"}"),
            """
            "broken": {"type": "boolean", "default": "nowhere"}
            """,
            SomeState.Flag("overridden"), SomeState.Flag("tripped"), SomeState.Flag("layout"), SomeState.Flag("skewed"), SomeState.Flag("fine"), SomeState.Flag("dry"), SomeState.Flag("idle"), SomeState.Flag("stopped"),
            SomeState.Flag("off", "\"enabled\": false, \"offVariant\": \"off\"")));
        page.Status = page.Status with
        {
            Guards = [SomeState.Guard("fine"), SomeState.Guard("dry") with { IsDryRun = true }, SomeState.Guard("idle", result: GuardResult.NoData), SomeState.Guard("tripped", result: GuardResult.Bad)],
            Ramps = [SomeState.Ramp("stopped") with { IsPaused = true }],
            Experiments = [SomeState.Experiment("layout"), SomeState.Experiment("skewed", ExperimentHint.Mismatch)],
            Control = SomeState.Tripped(SomeState.Trip("tripped")) with
            {
                Overrides = [new FlagOverride { Flag = "overridden", Variant = "on", HasEffect = true, By = "ada", Reason = "INC-1", Since = PageUnderTest.Now }],
            },
        };
        return page;
    }

    private static string Cell(PageUnderTest page, string cssClass) => page.Draw(Screen).Descendants("td").Single(cell => Class(cell) == cssClass).Value;

    private static XElement Row(XElement screen, string key) => screen.Descendants("tbody").Single().Elements("tr").Single(row => row.Descendants("a").First().Value == key);

    private static List<string> Keys(XElement screen) => [.. screen.Descendants("tbody").SelectMany(static body => body.Elements("tr")).Select(static row => row.Descendants("a").First().Value)];

    private static double Percent(XAttribute attribute) => double.Parse(attribute.Value.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
