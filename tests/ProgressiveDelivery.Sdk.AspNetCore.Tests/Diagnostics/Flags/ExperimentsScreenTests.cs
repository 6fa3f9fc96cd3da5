using System.Xml.Linq;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Screens;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Flags;

public sealed class ExperimentsScreenTests
{
    private static readonly ExperimentsScreen Screen = new();

    [Fact]
    public async Task NoExperimentIsSaid()
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("layout"));

        page.Draw(Screen).Value.Should().Contain("No experiment runs.");
    }

    [Fact]
    public async Task AWrongSplitComesFirstAndSaysNotToTrustTheNumbers()
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("layout"));
        page.Status = page.Status with { Experiments = [SomeState.Experiment("a-sound"), SomeState.Experiment("layout", ExperimentHint.Mismatch, 150_000, 142_382)] };

        var screen = page.Draw(Screen);

        screen.Value.Should().Contain("2 experiments run. The split of 1 is wrong: do not trust its numbers.");
        var first = screen.Descendants("section").First();
        first.Value.Should().Contain("Split wrong: do not trust the numbers of this experiment.")
            .And.Contain("“b” should have 50\u00A0% of the units and has 48.7\u00A0%: 3\u202F809 are missing.").And.Contain("p\u00A0=\u00A03\u00A0×\u00A010⁻²¹");
        first.Descendants("a").Single().Attribute("href")!.Value.Should().Be("flag?key=layout");
        screen.Descendants("section").Last().Value.Should().Contain("Split sound.");
    }

    [Fact]
    public async Task TheChartHasTheSharesThePlanAndWhatChanceAllows()
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("layout"));
        page.Status = page.Status with { Experiments = [SomeState.Experiment()] };

        var split = page.Draw(Screen).Descendants("div").Single(static div => FlagsScreenTests.Class(div) == "flags-split");

        split.Attribute("role")!.Value.Should().Be("img");
        split.Attribute("aria-label")!.Value.Should().Be("a 50.5\u00A0% of planned 50\u00A0%, b 49.5\u00A0% of planned 50\u00A0%; within chance.");
        var row = split.Elements("svg").First();
        row.Elements("rect").Single(static rect => FlagsScreenTests.Class(rect) == "f0").Attribute("width")!.Value.Should().Be("50.5%");
        var chance = row.Elements("rect").Single(static rect => FlagsScreenTests.Class(rect) == "flags-chance");
        (chance.Attribute("x")!.Value, chance.Attribute("width")!.Value).Should().Be(("48.35%", "3.3%"));     // 3.3 × √(0.25 / 10 000)
        Cells(page.Draw(Screen)).Should().Equal("a", "5\u202F050", "50.5\u00A0%", "50\u00A0%", "48.4\u00A0% to 51.7\u00A0%", "b", "4\u202F950", "49.5\u00A0%", "50\u00A0%", "48.4\u00A0% to 51.7\u00A0%");
    }

    [Theory]
    [InlineData(ExperimentHint.NotTested, "Split not tested.")]
    [InlineData(ExperimentHint.NoMismatch, "Split sound.")]
    [InlineData(ExperimentHint.Mismatch, "stay suspect until the weights change")]
    public async Task EachHintIsSaidInWordsAlsoWithoutUnits(ExperimentHint hint, string words)
    {
        await using var page = await PageUnderTest.StartAsync(SomeState.Flag("layout"));
        page.Status = page.Status with { Experiments = [SomeState.Experiment("layout", hint, hint == ExperimentHint.Mismatch ? 5 : 0, hint == ExperimentHint.Mismatch ? 5 : 0) with { Crossovers = 3, Unassigned = 4, LogEvidence = double.PositiveInfinity, PValue = double.NaN }] };

        var screen = page.Draw(Screen);

        screen.Value.Should().Contain(words).And.Contain("3 with several variants · 4 with a variant without a weight");
        screen.ToString().Should().NotContain("NaN");
    }

    private static IEnumerable<string> Cells(XElement screen) => screen.Descendants("td").Select(static cell => cell.Value);
}
