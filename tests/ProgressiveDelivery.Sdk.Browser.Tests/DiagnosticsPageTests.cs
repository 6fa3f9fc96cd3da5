using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>The diagnostics page in a real browser.</summary>
[Trait("Category", "Long")]
public sealed class DiagnosticsPageTests(SharedBrowser browser) : IClassFixture<SharedBrowser>
{
    private static readonly string[] Screens = ["", "events", "audit"];

    public static TheoryData<string, int, bool> Looks { get; } = MakeLooks();

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task EachScreenIsSoundInEachSituation(string situation, int width, bool isDark)
    {
        await using var app = await Situation.StartAsync(situation);
        await using var tab = await browser.OpenAsync("oncall", width, isDark);

        foreach (var screen in Screens)
        {
            await tab.Page.GotoAsync(app.App.Urls.First() + "/_features/" + screen);
            await Assertions.Expect(tab.Page.Locator(".live-word")).ToHaveTextAsync("Live");
            await tab.SaveAsync(string.Create(CultureInfo.InvariantCulture, $"{situation}-{(screen.Length == 0 ? "overview" : screen)}-{width}-{(isDark ? "dark" : "light")}"));

            (await tab.AxeAsync()).Should().BeEmpty($"{screen} in {situation}");
            (await tab.WidthAsync()).Should().Be(width, $"{screen} in {situation}");
            tab.Errors.Should().BeEmpty($"{screen} in {situation}");
        }
    }

    [BrowserTheory]
    [InlineData("backend-gone")]
    [InlineData("hold-in-force")]
    public async Task NothingScrollsSidewaysAt320(string situation)
    {
        await using var app = await Situation.StartAsync(situation);
        await using var tab = await browser.OpenAsync("oncall", 320, isDark: false);

        foreach (var screen in Screens)
        {
            await tab.Page.GotoAsync(app.App.Urls.First() + "/_features/" + screen);
            (await tab.WidthAsync()).Should().Be(320, screen);
        }
    }

    [BrowserTheory]
    [InlineData(true)]
    public async Task ChangeIsShownWithoutLoadingAgainAndFocusStays(bool isDark)
    {
        await using var app = await Situation.StartAsync("all-well");
        await using var tab = await browser.OpenAsync("oncall", 1280, isDark);
        await tab.Page.GotoAsync(app.App.Urls.First() + "/_features/");
        await Assertions.Expect(tab.Page.Locator(".live-word")).ToHaveTextAsync("Live");
        await tab.Page.Locator("[data-zone=local]").FocusAsync();
        await tab.Page.EvaluateAsync("() => { window.stays = true; }");

        await app.PublishAsync(2, TestApp.Always("one", "on"));

        await Assertions.Expect(tab.Page.Locator("#banner")).ToContainTextAsync("Snapshot 2");
        (await tab.Page.EvaluateAsync<bool>("() => window.stays === true && document.activeElement.dataset.zone === 'local'")).Should().BeTrue();
        tab.Errors.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(false)]
    public async Task LostConnectionIsSaid(bool isDark)
    {
        await using var app = await Situation.StartAsync("all-well");
        await using var tab = await browser.OpenAsync("oncall", 1280, isDark);
        await tab.Page.GotoAsync(app.App.Urls.First() + "/_features/");
        await Assertions.Expect(tab.Page.Locator(".live-word")).ToHaveTextAsync("Live");

        await tab.Page.Context.SetOfflineAsync(true);
        await app.App.StopAsync();

        await Assertions.Expect(tab.Page.Locator("#lost")).ToHaveTextAsync(new Regex(@"^Not live since \d\d:\d\d:\d\d\. Figures below are from then\. Trying again"));
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveClassAsync(new Regex("not-live"));
        await tab.SaveAsync("connection-lost");
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task KeyboardBeginsWithTheSkipLinkAndSwitchesZones(int width)
    {
        await using var app = await Situation.StartAsync("hold-in-force");
        await using var tab = await browser.OpenAsync("oncall", width, isDark: false);
        await tab.Page.GotoAsync(app.App.Urls.First() + "/_features/audit");

        await tab.Page.Keyboard.PressAsync("Tab");
        (await Focused(tab)).Should().Be("To the content");
        await tab.Page.Keyboard.PressAsync("Tab");
        (await Focused(tab)).Should().Be("UTC");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.Locator("[data-zone=local]")).ToHaveAttributeAsync("aria-pressed", "true");
        await tab.Page.Keyboard.PressAsync("Tab");
        (await Focused(tab)).Should().Be("See and release…");
        await tab.Page.Keyboard.PressAsync("/");
        (await tab.Page.EvaluateAsync<string>("() => document.activeElement.id")).Should().Be("q");
        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Page.Locator("[data-zone=local]")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task PageWorksWithoutScript(int width)
    {
        await using var app = await Situation.StartAsync("hold-in-force");
        await using var tab = await browser.OpenAsync("oncall", width, isDark: false, hasScript: false);
        await tab.Page.GotoAsync(app.App.Urls.First() + "/_features");

        await tab.Page.Locator(".more > summary").ClickAsync();
        await tab.Page.Locator(".more-links a", new() { HasTextString = "Audit trail" }).ClickAsync();

        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("Audit trail");
        await Assertions.Expect(tab.Page.Locator("#zones")).ToBeHiddenAsync();
        await tab.Page.Locator("#who").SelectOptionAsync("ada@example.com");
        await tab.Page.Locator(".filters button").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#acts")).ToContainTextAsync("INC-1234");
    }

    private static Task<string> Focused(Tab tab) => tab.Page.EvaluateAsync<string>("() => document.activeElement.textContent");

    private static TheoryData<string, int, bool> MakeLooks()
    {
        var looks = new TheoryData<string, int, bool>();
        foreach (var situation in Situation.All.Keys)
        {
            looks.Add(situation, 1280, false);
            looks.Add(situation, 1280, true);
            looks.Add(situation, 390, false);
            looks.Add(situation, 390, true);
        }

        return looks;
    }
}
