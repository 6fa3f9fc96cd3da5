using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>The rules and the dashboard that the documentation offers, against the instruments that there are.</summary>
public sealed partial class ObservabilityFilesTests
{
    private static readonly string Rules = File.ReadAllText(PathOf("rules.yml"));
    private static readonly string RuleTests = File.ReadAllText(PathOf("rules.test.yml"));
    private static readonly string Dashboard = File.ReadAllText(PathOf("dashboard.json"));

    private static readonly Dictionary<string, string> InstrumentOf = Instruments.All
        .SelectMany(instrument => PrometheusNames.Of(instrument).Select(name => (name, instrument.Name)))
        .ToDictionary(pair => pair.name, pair => pair.Name, StringComparer.Ordinal);

    /// <summary>Instruments that neither rules nor dashboard use, on purpose.</summary>
    private static readonly string[] Unused = [];

    [Theory]
    [InlineData("rules.yml")]
    [InlineData("rules.test.yml")]
    [InlineData("dashboard.json")]
    public void EveryMetricIsThatOfAnInstrument(string file)
    {
        var text = File.ReadAllText(PathOf(file));

        PromQl.Metrics(text).Should().NotBeEmpty().And.OnlyContain(name => InstrumentOf.ContainsKey(name));
    }

    [Fact]
    public void EveryInstrumentIsUsedUnlessItIsListed()
    {
        var used = PromQl.Metrics(Rules + Dashboard).Select(name => InstrumentOf[name]).Distinct();

        used.Should().BeEquivalentTo(Instruments.All.Select(instrument => instrument.Name).Except(Unused));
    }

    [Fact]
    public void EverySelectorNamesTagsOfItsInstrument()
    {
        var selectors = PromQl.Selectors(Rules + Dashboard + RuleTests).ToList();

        selectors.Should().HaveCountGreaterThan(30);
        foreach (var (metric, labels) in selectors)
            labels.Except(["job", "instance", "client", "le"]).Should().BeSubsetOf(Instruments.Tags[InstrumentOf[metric]], $"of {metric}");
    }

    [Theory]
    [InlineData("rules.yml")]
    [InlineData("rules.test.yml")]
    [InlineData("dashboard.json")]
    public void EveryRecordedSeriesHasItsRule(string file)
    {
        var recorded = Record().Matches(Rules).Select(match => match.Groups[1].Value).ToList();

        PromQl.Recorded(File.ReadAllText(PathOf(file))).Distinct().Should().NotBeEmpty().And.BeSubsetOf(recorded);
    }

    [Fact]
    public void EveryRuleIsTested()
    {
        foreach (var match in Record().Matches(Rules).Concat(Alert().Matches(Rules)))
            RuleTests.Should().Contain(match.Groups[1].Value);
    }

    [Fact]
    public void EveryPanelSaysWhatItAnswersAndStandsInTheGuide()
    {
        using var dashboard = JsonDocument.Parse(Dashboard);
        var guide = File.ReadAllText(Repository.PathOf("docs", "guides", "observability.md"));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        panels.Should().HaveCountGreaterThan(10);
        panels.Select(panel => panel.GetProperty("id").GetInt32()).Should().OnlyHaveUniqueItems();
        foreach (var panel in panels)
            guide.Should().Contain($"| {panel.GetProperty("description").GetString()} | {panel.GetProperty("title").GetString()} |");
    }

    [Fact]
    public void PanelsDoNotOverlap()
    {
        using var dashboard = JsonDocument.Parse(Dashboard);
        var cells = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => Cells(panel.GetProperty("gridPos"))).ToList();

        cells.Should().OnlyHaveUniqueItems().And.OnlyContain(cell => cell.Column < 24);
    }

    private static string PathOf(string file) => Repository.PathOf("docs", "observability", file);

    private static IEnumerable<(int Column, int Row)> Cells(JsonElement place) =>
        from column in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
        from row in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
        select (column, row);

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex Record();

    [GeneratedRegex(@"- alert: (\S+)")]
    private static partial Regex Alert();
}
