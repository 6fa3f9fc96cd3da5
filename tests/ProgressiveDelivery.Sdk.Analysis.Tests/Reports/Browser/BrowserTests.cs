using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Analysis.Reports;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

/// <summary>The page in a real browser: widths, colors, paper, and what a screen reader needs.</summary>
[Trait("Category", "Long")]
public sealed class BrowserTests(SharedChromium shared) : IClassFixture<SharedChromium>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-pages-");

    [ChromiumTheory]
    [InlineData(320, false)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task PageNeverScrollsSideways(int width, bool isDark)
    {
        var browser = shared.Browser;

        foreach (var name in SomeReports.All.Keys)
        {
            await browser.OpenAsync(File(name), width, isDark);
            await Open(browser);

            ((int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))!).Should().Be(width, name);
            ((string?)await browser.EvaluateAsync(Outside)).Should().BeEmpty($"{name} at {width} px");
        }
    }

    [ChromiumTheory]
    [InlineData(false, "rgb(246, 247, 249)")]
    [InlineData(true, "rgb(15, 19, 25)")]
    public async Task StyleIsAllowedByThePolicyAndFollowsTheScheme(bool isDark, string background)
    {
        var browser = shared.Browser;

        await browser.OpenAsync(File("ship"), 1280, isDark);

        ((string?)await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).Should().Be(background);
        ((string?)await browser.EvaluateAsync("var s = document.createElement('style'); s.textContent = 'body{background:red}'; document.head.append(s); getComputedStyle(document.body).backgroundColor"))
            .Should().Be(background);
        (await browser.ScreenshotAsync()).Should().StartWith([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    [ChromiumTheory]
    [InlineData("ship", true)]
    [InlineData("do-not-trust", false)]
    public async Task PaperIsLightAndShowsWhatIsClosedUnlessItIsNotToBeTrusted(string name, bool showsNumbers)
    {
        var browser = shared.Browser;

        await browser.OpenAsync(File(name), 794, isDark: true, media: "print");

        ((string?)await browser.EvaluateAsync("getComputedStyle(document.body).color")).Should().Be("rgb(20, 26, 34)");
        ((bool)(await browser.EvaluateAsync("document.querySelector('table.plain').checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && document.querySelector('table.plain').getBoundingClientRect().height > 50"))!).Should().Be(showsNumbers);
        ((string?)await browser.EvaluateAsync("getComputedStyle(document.querySelector('.method')).breakBefore")).Should().Be("page");
        var pdf = System.Text.Encoding.Latin1.GetString(await browser.PrintAsync());
        Regex.Count(pdf, @"/Type\s*/Page\b").Should().BeInRange(2, 8);
    }

    [AxeTheory]
    [InlineData("ship", 1280, false)]
    [InlineData("ship", 390, true)]
    [InlineData("do-not-trust", 1280, true)]
    [InlineData("edges", 390, false)]
    [InlineData("hostile", 320, false)]
    [InlineData("nine-variants", 1280, true)]
    [InlineData("no-days", 390, true)]
    public async Task AxeFindsNothing(string name, int width, bool isDark)
    {
        var browser = shared.Browser;
        await browser.OpenAsync(File(name), width, isDark);
        await Open(browser);

        await browser.EvaluateAsync(await System.IO.File.ReadAllTextAsync(AxeTheoryAttribute.Script));
        var found = await browser.EvaluateAsync("axe.run().then(result => result.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')))");

        found!.AsArray().Select(one => (string)one!).Should().BeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Text that sticks out of its card is lost or lies over other text. Labels of drawings may reach into the card's padding.
    private const string Outside = """
        [...document.querySelectorAll('main *')].filter(e => !e.closest('.unseen, .scroll, thead') && e.getBoundingClientRect().width > 0)
            .filter(e => { const card = e.closest('.card, .banner'); const r = e.getBoundingClientRect(), c = (card ?? document.body).getBoundingClientRect();
                return !e.closest('svg svg') && (r.right > c.right + 1 || r.left < c.left - 1); })
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 3).join('\n')
        """;

    private static async Task<JsonNode?> Open(Chromium browser) => await browser.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");

    private string File(string name)
    {
        var path = Path.Combine(_folder.FullName, name + ".html");
        HtmlReport.Save(SomeReports.All[name](), path);
        return path;
    }
}
