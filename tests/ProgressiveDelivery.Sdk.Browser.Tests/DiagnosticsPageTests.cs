using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>The looks of each screen in each situation, in a real browser.</summary>
[Trait("Category", "Long")]
[Collection(SharedBrowser.Name)]
public sealed class DiagnosticsPageTests(SharedBrowser browser)
{
    public static TheoryData<string> Situations => [.. Situation.All.Keys];

    [BrowserTheory]
    [MemberData(nameof(Situations))]
    public async Task EachScreenIsSoundAtEachWidthAndInEachScheme(string situation)
    {
        await using var app = await Situation.StartAsync(situation);
        foreach (var (width, isDark) in Looks(situation))
        {
            await using var tab = await browser.OpenAsync("oncall-ada@example.com", width, isDark);
            foreach (var screen in situation == "all-well" ? ScreenPaths.All.Keys : ScreenPaths.Telling)
            {
                await tab.GoAsync(app, ScreenPaths.All[screen]);
                await tab.SaveAsync(string.Create(CultureInfo.InvariantCulture, $"{situation}-{screen}-{width}-{(isDark ? "dark" : "light")}"));

                (await tab.AxeAsync()).Should().BeEmpty($"{screen} in {situation}");
                (await tab.WidthAsync()).Should().Be(width, $"{screen} in {situation}");
                tab.Errors.Should().BeEmpty($"{screen} in {situation}");
            }
        }
    }

    [BrowserTheory]
    [InlineData("guard-tripped")]
    [InlineData("hold-in-force")]
    public async Task NothingScrollsSidewaysAt320AndAtDoubleZoom(string situation)
    {
        await using var app = await Situation.StartAsync(situation);
        await using var tab = await browser.OpenAsync("oncall-ada@example.com", 320, isDark: false);

        foreach (var path in ScreenPaths.All.Values)
        {
            await tab.Page.SetViewportSizeAsync(320, 700);
            await tab.Page.GotoAsync(app.Address + path);
            (await tab.WidthAsync()).Should().Be(320, path);
            await tab.Page.SetViewportSizeAsync(640, 450);
            (await tab.WidthAsync()).Should().Be(640, path);
        }
    }

    [BrowserTheory]
    [InlineData("overview")]
    [InlineData("flag")]
    [InlineData("history")]
    public async Task PrintHasTheFactsAndNoControls(string screen)
    {
        await using var app = await Situation.StartAsync("guard-tripped");
        await using var tab = await browser.OpenAsync("oncall-ada@example.com", 760, isDark: true);
        await tab.GoAsync(app, ScreenPaths.All[screen]);
        var facts = await tab.Page.EvaluateAsync<int>(Shown);

        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await tab.SaveAsync("print-" + screen);

        (await tab.Page.EvaluateAsync<int>(Shown)).Should().BeGreaterThanOrEqualTo(facts);
        (await tab.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('.button,.bar,.rail,.zones')].filter(one => one.checkVisibility()).length")).Should().Be(0);
        (await tab.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).Should().Be("rgb(255, 255, 255)", "paper is white, in the dark scheme too");
        (await tab.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('main details')].every(one => [...one.querySelectorAll('table,pre,li')].every(part => part.checkVisibility({contentVisibilityAuto: true})))")).Should().BeTrue("paper cannot be opened");
    }

    [BrowserTheory]
    [InlineData("guard-tripped", "flag")]
    [InlineData("hold-in-force", "history")]
    [InlineData("snapshot-rejected", "overview")]
    public async Task ForcedColorsLoseNoMark(string situation, string screen)
    {
        await using var app = await Situation.StartAsync(situation);
        await using var tab = await browser.OpenAsync("oncall-ada@example.com", 1280, isDark: false);
        await tab.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await tab.GoAsync(app, ScreenPaths.All[screen]);

        await tab.SaveAsync($"forced-colors-{situation}-{screen}");

        (await tab.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main svg *, .strip svg *')].filter(one => one instanceof SVGGeometryElement && one.checkVisibility()).filter(one => {
              const look = getComputedStyle(one), ground = getComputedStyle(document.documentElement).backgroundColor, paper = ['none', 'rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)', ground];
              const isSign = one.matches('.sign,.halo *,.flags-halo *,.base,.grid,.flags-grid,.track,.flags-track');
              return !isSign && paper.includes(look.fill) && paper.includes(look.stroke);
            }).map(one => one.outerHTML)
            """)).Should().BeEmpty("what has the color of the ground cannot be seen");
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task PageWorksWithoutScript(int width)
    {
        await using var app = await Situation.StartAsync("hold-in-force");
        await using var tab = await browser.OpenAsync("oncall-ada@example.com", width, isDark: false, hasScript: false);
        await tab.Page.GotoAsync(app.App.Urls.First() + "/_features");

        await tab.Page.Locator(".more > summary").ClickAsync();
        await tab.Page.Locator(".more-links a", new() { HasTextString = "Audit trail" }).ClickAsync();

        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Audit trail");
        await Assertions.Expect(tab.Page.Locator("#zones")).ToBeHiddenAsync();
        await tab.Page.Locator("#who").SelectOptionAsync("ada@example.com");
        await tab.Page.Locator(".filters button").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#acts")).ToContainTextAsync("INC-1234");
        await tab.Page.GotoAsync(app.Address + ScreenPaths.All["act"]);
        await tab.Page.Locator("#act-reason").FillAsync("INC-9");
        await tab.Page.Locator("#act-confirm").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync(new Regex("^Done"));
    }

    private const string Shown = "() => [...document.querySelectorAll('main h1,main h2,main td,main dd,main li,main svg')].filter(one => one.checkVisibility()).length";

    private static IEnumerable<(int Width, bool IsDark)> Looks(string situation) =>
        situation is "all-well" or "guard-tripped" ? [(1280, false), (1280, true), (390, false), (390, true)]
        : situation is "backend-gone" ? [(1280, true), (390, false)]
        : [(1280, false), (390, true)];
}
