using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Analysis.Reports;
using ProgressiveDelivery.Sdk.Analysis.Reports.Text;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class TextReportTests
{
    public static TheoryData<string> Names => [.. SomeReports.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LinesFitATerminalAndHoldNoControls(string name)
    {
        var text = TextReport.Render(SomeReports.All[name]());

        text.Should().EndWith("\n").And.NotContain("NaN").And.NotContain("**");
        text.Where(character => character != '\n').Should().NotContain(character => char.IsControl(character) || character == '\u202E');
        text.Split('\n').Should().OnlyContain(line => DisplayWidth.Of(line) <= 100 && !line.EndsWith(' '));
    }

    [Fact]
    public void TableHasARowForEachVariantOfEachMetric()
    {
        var lines = Lines("ship");

        lines.Should().ContainInOrder(
            "Experiment report: Checkout in one page",
            "Ship “One page”.",
            "What to do next",
            "1. Ramp One page to all visitors: 5 → 25 → 100 %, guarded by payment errors.",
            "Is the traffic sound? Yes: 4 of 4 checks passed.",
            "One page 144 776 33.3 % 33.3 %",
            "Purchase (primary): visitors who buy within 7 days, higher is better",
            "One page 4.14 % → 4.52 % +9.1 % +3.1 % to +15.0 % 0.0002 Better",
            "One page, wallet first 1.23 % → 1.51 % +22.8 % +10.6 % to +35.2 % <0.0001 Harmed");
    }

    [Fact]
    public void ColumnsAreAligned()
    {
        var rows = TextReport.Render(SomeReports.Ship()).Split('\n').Where(line => line.EndsWith("Better", StringComparison.Ordinal) || line.EndsWith("Not clear yet", StringComparison.Ordinal) || line.EndsWith("Reading", StringComparison.Ordinal)).ToList();

        rows.Should().HaveCountGreaterThan(5);
        rows.Select(row => DisplayWidth.Of(row[..Regex.Match(row, "Better|Not clear|Reading").Index])).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData("do-not-trust", "FAILED Split is not as planned")]
    [InlineData("do-not-trust", "Hidden, because the traffic is not sound.")]
    [InlineData("not-read-yet", "Hidden until 30 Nov 2026: this analysis is read once, when its last outcomes are in.")]
    [InlineData("edges", "Equal, One page: all values are equal.")]
    public void HiddenAndMissingEffectsHaveTheirReason(string name, string text) => string.Join(' ', Lines(name)).Should().Contain(text);

    [Theory]
    [InlineData("do-not-trust")]
    [InlineData("not-read-yet")]
    public void HiddenEffectsAreNotWritten(string name) => string.Join(' ', Lines(name)).Should().NotContain("+4.0").And.NotContain("4.30");

    private static List<string> Lines(string name) => [.. TextReport.Render(SomeReports.All[name]()).Split('\n').Select(line => Regex.Replace(line, @"\s+", " ").Trim())];
}
