using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Reports;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class HtmlReportTests
{
    public static TheoryData<string> Names => [.. SomeReports.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PageIsWellFormedAndWholeInItself(string name)
    {
        var page = Page(name);
        var elements = page.Descendants().ToList();

        elements.Select(element => element.Name.LocalName).Should().NotContain(["script", "link", "img", "iframe", "base", "object"]).And.ContainSingle(tag => tag == "style");
        elements.Attributes().Should().NotContain(attribute => attribute.Name == "style" || attribute.Name == "src" || attribute.Name.LocalName.StartsWith("on"));
        elements.Attributes("href").Should().OnlyContain(link => link.Value.StartsWith('#'));
        elements.Single(element => element.Name == "style").Value.Should().NotContain("url(").And.NotContain("@import");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PageHasOneMainOneHeadingAndLevelsInOrder(string name)
    {
        var page = Page(name);

        page.Descendants("main").Should().ContainSingle();
        var levels = page.Descendants().Select(element => element.Name.LocalName).Where(tag => tag is "h1" or "h2" or "h3").Select(tag => tag[1] - '0').ToList();
        levels.Should().StartWith(1);
        levels.Count(level => level == 1).Should().Be(1);
        levels.Zip(levels.Skip(1)).Should().OnlyContain(pair => pair.Second <= pair.First + 1);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        ids.Should().OnlyHaveUniqueItems();
        page.Descendants().Attributes("aria-labelledby").Select(label => label.Value).Should().BeSubsetOf(ids);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EachDrawingSaysItsConclusion(string name)
    {
        var page = Page(name);

        var drawings = page.Descendants().Where(element => (string?)element.Attribute("role") == "img").ToList();
        drawings.Should().NotContain(drawing => !((string?)drawing.Attribute("aria-label"))!.EndsWith('.'));
        page.Descendants("svg").Where(svg => !svg.Ancestors("svg").Any()).Should().OnlyContain(svg => (string?)svg.Attribute("aria-hidden") == "true");
        page.ToString().Should().NotContain("NaN").And.NotContain("∞").And.NotContain("Infinity");
    }

    [Fact]
    public void PolicyAllowsThisStyleAndNothingElse()
    {
        var html = HtmlReport.Render(SomeReports.Ship());
        var style = html.Split("<style>")[1].Split("</style>")[0];
        var policy = Page("ship").Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;

        policy.Should().Be($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'");
        style.Should().NotContain("&").And.NotContain("<");
    }

    [Fact]
    public void HostileNamesAreText()
    {
        var html = HtmlReport.Render(SomeReports.Hostile());

        html.Should().NotContain("<script").And.NotContain("<img").And.NotContain("<b>").And.NotContain("\u202E").And.NotContain("\u2066").And.NotContain("\u001b").And.NotContain("\0");
        Text(Page("hostile").Descendants("h1").Single()).Should().Be("<script>alert(1)</script> & 'co' \\u2066x\\u2069 \\u001B[31m");
    }

    [Fact]
    public void LongNamesAreCutAndWholeAtTheEnd()
    {
        var (page, name) = (Page("long-names"), SomeReports.LongNames().Plan.Name!);

        Text(page.Descendants("h1").Single()).Should().Be(name[..200] + "…");
        page.Descendants("details").Last().Descendants("li").Select(Text).Should().Contain(name).And.Contain(name + "0").And.Contain(name + "1");
    }

    [Fact]
    public void SentenceComesFirstThenTrafficThenEffectsThenMethod() =>
        Page("ship").Descendants("h2").Select(Text).Should().Equal("Ship “One page”.", "Is the traffic sound?", "What changed", "Purchase: change so far", "Visitors per day", "Method · for the statistician");

    [Fact]
    public void FactsAreEffectCertaintyUnitsAndGain() => Page("ship").Descendants("dl").Single().Elements("div").Select(Text).Should().Equal(
        "Purchase, One page+9.1 %95 %: +3.1 % to +15.0 %",
        "How surep = 0.0002chance of such evidence without an effect, adjusted for 2 variants",
        "Visitors434 328the pair has 96 % of its planned 300 000",
        "If shipped to all+3.8 per 1 000visitors who buy within 7 days; between +1.3 and +6.2");

    [Fact]
    public void RowsHaveValuesChangeIntervalAndReading()
    {
        var rows = Page("ship").Descendants("table").First().Descendants("tr").Where(row => (string?)row.Attribute("class") == "row").Select(Text).ToList();

        rows.Should().HaveCount(11).And.Contain("One page4.14 % → 4.52 %+9.1 %+3.1 % to +15.0 %Better").And.Contain("One page, wallet first1.23 % → 1.51 %+22.8 %+10.6 % to +35.2 %+35.2 %Harmed");
        Labels("ship").Should().Contain("One page: +9.1 %, 95 % interval +3.1 % to +15.0 %. Better.");
    }

    [Fact]
    public void ChartsSayWhatTheyShow() => Labels("ship").Should()
        .Contain(label => label.StartsWith("Purchase, One page: from +") && label.Contains("to +9.1 % on 22 Nov; the band excludes 0 since 10 Nov.", StringComparison.Ordinal))
        .And.Contain("17 398 to 22 633 visitors a day.").And.Contain("Every share within chance.");

    [Fact]
    public void EffectsOfUnsoundTrafficAreOnlyInAClosedPart()
    {
        var page = Page("do-not-trust");

        page.Descendants("h2").Select(Text).Should().Equal("Do not trust these numbers.", "Is the traffic sound?", "Where the split broke", "Visitors per day", "What changed", "Method · for the statistician");
        page.Descendants("dl").Should().BeEmpty();
        page.Descendants("details").Should().OnlyContain(details => details.Attribute("open") == null);
        page.Descendants().Where(element => Text(element).Contains("+4.0 %", StringComparison.Ordinal) && !element.Elements().Any()).Should().NotBeEmpty().And.OnlyContain(element => element.Ancestors("details").Any());
        page.ToString().Should().Contain("off since 6\u00A0Nov").And.NotContain("Not clear yet");
        Labels("do-not-trust").Should().Contain("Shares outside chance on 5 days, first on 6 Nov.");
    }

    [Fact]
    public void EffectsBeforeTheEndAreNowhere()
    {
        var page = Page("not-read-yet").ToString();

        page.Should().Contain("Hidden until 30\u00A0Nov\u00A02026").And.NotContain("+4.0").And.NotContain("4.30").And.NotContain("Not clear yet");
        Text(Page("not-read-yet").Descendants("dl").Single()).Should().Contain("59 % of the planned 300 000").And.Contain("Day 10 of 21");
    }

    [Theory]
    [InlineData("no-days", "No visitors yet.")]
    [InlineData("no-days", "Too early: too few outcomes for an interval yet.")]
    [InlineData("not-enough-data", "No result by day yet: an interval needs more outcomes.")]
    [InlineData("edges", "No value: all values are equal.")]
    [InlineData("edges", "The control's value is not above 0, so a change in percent would mislead. Absolute: −1.00 ms to +15.0 ms.")]
    [InlineData("edges", "One page: +4.0 %, 95 % interval +1.0 % or more. Better.")]
    [InlineData("edges", "20.0 ms allowed")]
    [InlineData("nine-variants", "4 variants are in the table only.")]
    [InlineData("uneven", "against its planned share, in points of percent")]
    public void StateAtTheEdgeIsSaid(string name, string text) =>
        (Text(Page(name).Root!) + string.Join(' ', Labels(name))).Should().Contain(text);

    [Fact]
    public void FixedHorizonAtItsEndPromisesOneLookOnly()
    {
        var report = SomeReports.Ship();

        HtmlReport.Render(report with { Plan = report.Plan with { Mode = AnalysisMode.FixedHorizon } })
            .Should().Contain("intervals for one look at the end.").And.Contain("The band holds for the last day only.").And.NotContain("sure since").And.NotContain("at every look");
    }

    [Fact]
    public void WiderIntervalsOfThePrimaryMetricAreSaid()
    {
        var report = SomeReports.Ship();
        var primary = report.Primary with { Effects = [.. report.Primary.Effects.Select(effect => effect with { Level = 1 - 0.05 / 3 })] };

        HtmlReport.Render(report with { Metrics = [primary, .. report.Metrics.Skip(1)] }).Replace('\u00A0', ' ').Should().Contain("with 95 % (primary: 98.3 % for 3 variants) intervals");
    }

    [Fact]
    public void MetricWithoutOutcomesNamesTheLikelyMistake()
    {
        var report = SomeReports.Edges();
        var none = new Dictionary<string, MetricData> { ["m"] = new() { Total = new() { Units = 100, Sum = 0, SumOfSquares = 0, Variance = 0, Minority = 0 } } };

        HtmlReport.Render(report with { Data = report.Data with { Variants = [.. report.Data.Variants.Select(variant => variant with { Metrics = none })] } })
            .Should().Contain("No value: no events with this name.").And.NotContain("all values are equal");
    }

    [Fact]
    public void EachVerdictHasItsToneAndShape()
    {
        var banners = SomeReports.All.Keys.Select(name => (Kind: SomeReports.All[name]().Verdict.Kind, Class: (string)Page(name).Descendants("section").First().Attribute("class")!)).Distinct().ToDictionary(one => one.Kind, one => one.Class);

        banners.Keys.Should().BeEquivalentTo(Enum.GetValues<VerdictKind>());
        banners.Where(banner => banner.Value == "banner bad").Select(banner => banner.Key).Should().BeEquivalentTo([VerdictKind.DoNotTrust, VerdictKind.Stop]);
        banners.Where(banner => banner.Value == "banner good").Select(banner => banner.Key).Should().Equal(VerdictKind.Ship);
    }

    [Fact]
    public void FileAndStreamAreUtf8WithoutAMark()
    {
        var (report, path) = (SomeReports.Ship(), Path.GetTempFileName());
        using var stream = new MemoryStream();

        HtmlReport.Write(report, stream);
        HtmlReport.Save(report, path);

        stream.ToArray().Should().Equal(Encoding.UTF8.GetBytes(HtmlReport.Render(report))).And.Equal(File.ReadAllBytes(path));
        File.Delete(path);
    }

    private static XDocument Page(string name)
    {
        using var reader = XmlReader.Create(new StringReader(HtmlReport.Render(SomeReports.All[name]())), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    // As it is read: any space is a space, and what only screen readers hear is left out.
    private static string Text(XElement element) => Regex.Replace(
        string.Concat(element.DescendantNodes().OfType<XText>().Where(text => !text.Ancestors().Any(parent => (string?)parent.Attribute("class") == "unseen")).Select(text => text.Value)), @"\s", " ");

    private static List<string> Labels(string name) => [.. Page(name).Descendants().Where(element => (string?)element.Attribute("role") == "img").Select(element => Regex.Replace((string)element.Attribute("aria-label")!, @"\s", " "))];
}
