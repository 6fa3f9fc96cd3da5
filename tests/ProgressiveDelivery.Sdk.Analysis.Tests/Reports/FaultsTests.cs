using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Reports;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

/// <summary>Lines that were not read are named by file and line, without what stands in them.</summary>
public sealed class FaultsTests
{
    private static readonly ExperimentReport Report = SomeReports.Ship() with
    {
        Data = SomeReports.Ship().Data with
        {
            Faults = [new("events/<b>.jsonl", 17, EventFaultRule.InvalidEvent, "Its 'value' is no number.", "{\"unit\":\"u-4711\""), new("events/shop.jsonl", 9, EventFaultRule.PartialLine, "It is cut off.", "{\"uni")],
        },
    };

    [Fact]
    public void PageListsThemEncodedAndWithoutTheirText() =>
        HtmlReport.Render(Report).Should().Contain("The first lines that were not read").And.Contain("events/&lt;b&gt;.jsonl:17").And.Contain("cut off").And.NotContain("u-4711");

    [Fact]
    public void PageWithoutThemHasNoTableOfThem() => HtmlReport.Render(SomeReports.Ship()).Should().NotContain("lines that were not read");

    [Fact]
    public void TextListsThem() =>
        TextReport.Render(Report).Should().Contain("events/shop.jsonl:9: cut off. It is cut off.").And.NotContain("u-4711");

    [Fact]
    public void JsonListsThem()
    {
        using var json = JsonDocument.Parse(JsonReport.Render(Report));

        var fault = json.RootElement.GetProperty("faults")[0];
        fault.EnumerateObject().Select(member => member.Value.ToString()).Should().Equal("events/<b>.jsonl", "17", "invalidEvent", "Its 'value' is no number.");
    }
}
