using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>What the script of the page adds: live update, times, keys, and the sheet of an act as a dialog.</summary>
[Trait("Category", "Long")]
[Collection(SharedBrowser.Name)]
public sealed class InteractionTests(SharedBrowser browser)
{
    [BrowserTheory]
    [InlineData(1280)]
    public async Task PublishAndTripAreShownWithoutLoadingAgainAndFocusStays(int width)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark: false);
        await tab.GoAsync(app, "");
        await tab.Page.Locator("[data-zone=local]").FocusAsync();
        await tab.Page.EvaluateAsync("() => { window.stays = true; }");

        await app.PublishAsync(ShopFlags.Document(1043, "Raise search to 40 %"));
        await Assertions.Expect(tab.Page.Locator("#banner")).ToContainTextAsync("1043");
        await app.FailAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Assertions.Expect(tab.Page.Locator("#banner")).ToContainTextAsync("guard tripped");
        await Assertions.Expect(tab.Page.Locator("#attention")).ToContainTextAsync("checkout-errors");

        (await tab.Page.EvaluateAsync<bool>("() => window.stays === true && document.activeElement.dataset.zone === 'local'")).Should().BeTrue();
        tab.Errors.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task LostConnectionIsSaid(int width)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark: false);
        await tab.GoAsync(app, "");

        await tab.Page.Context.SetOfflineAsync(true);
        await app.App.StopAsync();

        await Assertions.Expect(tab.Page.Locator("#lost")).ToHaveTextAsync(new Regex(@"^Not live since \d\d:\d\d:\d\d\sUTC\. Figures below are from then\. Trying again"));
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveClassAsync(new Regex("not-live"));
        await tab.SaveAsync("connection-lost");
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task KeyboardBeginsWithTheSkipLinkAndFocusIsSeen(int width)
    {
        await using var app = await Situation.StartAsync("hold-in-force");
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark: false);
        await tab.GoAsync(app, "flags");

        var seen = new List<string>();
        for (var i = 0; i < 24; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            seen.Add(await tab.Page.EvaluateAsync<string>("() => document.activeElement.textContent || document.activeElement.id"));
            (await tab.Page.EvaluateAsync<bool>("() => { const look = getComputedStyle(document.activeElement); return document.activeElement === document.body || (look.outlineStyle === 'solid' && parseFloat(look.outlineWidth) === 3); }")).Should().BeTrue(seen[^1]);
            (await tab.Page.EvaluateAsync<string>("""
                () => { const one = document.activeElement, box = one.getBoundingClientRect(), bar = document.querySelector('.bar').getBoundingClientRect();
                  return one.closest('.bar') || one === document.body || bar.height === 0 || box.bottom <= bar.top + 1 ? '' : one.outerHTML; }
                """)).Should().BeEmpty("the bar must not cover what has the focus");
        }

        seen.Take(4).Should().Equal("To the content", "UTC", "Local", "See and release…");
        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("chekout");
        await Assertions.Expect(tab.Page.Locator("#flags-count")).ToContainTextAsync("0 of 8");
        await tab.Page.Locator("#flags-q").FillAsync("new-s");
        await Assertions.Expect(tab.Page.Locator("#flags-count")).ToContainTextAsync("1 of 8");
        (await tab.Page.Locator(".flags-table tbody tr:visible").CountAsync()).Should().Be(1);
    }

    [BrowserTheory]
    [InlineData("overview", ".rates .xs")]
    [InlineData("flag", ".flags-steps")]
    [InlineData("audit", "#acts time")]
    public async Task SwitchOfZonesChangesTimesAndLabelsOfCharts(string screen, string labels)
    {
        await using var app = await Situation.StartAsync("hold-in-force");
        await using var tab = await browser.OpenAsync("oncall-ada", 1280, isDark: false);
        await tab.GoAsync(app, ScreenPaths.All[screen]);
        var part = tab.Page.Locator(labels).First;
        var inUtc = await part.TextContentAsync();

        await tab.Page.Locator("[data-zone=local]").ClickAsync();

        (await part.TextContentAsync()).Should().NotBe(inUtc);
        (await part.TextContentAsync()).Should().MatchRegex("1[5-9]:|20:", "in Brussels it is an hour later");
        (await tab.Page.Locator("main time:visible, .strip time:visible").AllTextContentsAsync()).Should().OnlyContain(static text => !text.Contains("UTC") || text.Contains("UTC+"));
        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Page.Locator("[data-zone=local]")).ToHaveAttributeAsync("aria-pressed", "true");
        (await part.TextContentAsync()).Should().NotBe(inUtc);
    }

    [BrowserTheory]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    public async Task ActIsDoneThroughTheDialogFromEndToEnd(int width, bool isDark)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark);
        await tab.GoAsync(app, "flag?key=tax-rules");
        var opener = tab.Page.Locator("a[href*='do=override']").First;

        await opener.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("dialog[open] #act-title")).ToHaveTextAsync(new Regex("Override tax-rules"));
        (await tab.AxeAsync()).Should().BeEmpty();
        (await tab.WidthAsync()).Should().Be(width);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Page.Locator("dialog")).ToHaveCountAsync(0);
        (await tab.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')")).Should().Contain("do=override", "the focus returns to what opened the dialog");

        await opener.ClickAsync();
        await tab.Page.Locator("dialog .sheet-choices a", new() { HasTextString = "new" }).ClickAsync();
        await tab.Page.Locator("dialog #act-reason").FillAsync("INC-1234");
        await tab.SaveAsync($"dialog-override-{width}-{(isDark ? "dark" : "light")}", isFullPage: false);
        await tab.Page.Locator("dialog #act-confirm").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".strip.hold")).ToContainTextAsync("tax-rules is overridden to new by oncall-ada");
        await tab.SaveAsync($"outcome-{width}-{(isDark ? "dark" : "light")}");
        app.Client.GetString("tax-rules", new EvaluationContext("user-1"), "").Should().Be("2026");

        await tab.Page.Locator(".strip.hold a").ClickAsync();
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("tax-rules");
        await tab.SaveAsync($"overridden-flag-{width}-{(isDark ? "dark" : "light")}");
        await tab.Page.Locator("a[href*='do=remove-override']").First.ClickAsync();
        await tab.Page.Locator("dialog #act-reason").FillAsync("INC-1234 closed");
        await tab.Page.Locator("dialog #act-confirm").ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".strip.hold")).ToHaveCountAsync(0);
        app.Client.GetString("tax-rules", new EvaluationContext("user-1"), "").Should().Be("2025");
        tab.Errors.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task SnapshotThatArrivesMeanwhileDisablesTheActAndTheServerRejectsIt(int width)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark: false);
        await tab.GoAsync(app, "flag?key=tax-rules");
        await tab.Page.Locator("a[href*='do=kill']").First.ClickAsync();
        await tab.Page.Locator("dialog #act-reason").FillAsync("INC-1234");

        await app.PublishAsync(ShopFlags.Document(1043, "Raise search to 40 %"));
        await Assertions.Expect(tab.Page.Locator("#act-meanwhile")).ToHaveTextAsync("1043 arrived meanwhile. Look again.");
        await Assertions.Expect(tab.Page.Locator("#act-confirm")).ToBeDisabledAsync();
        await tab.SaveAsync("dialog-meanwhile", isFullPage: false);

        // The button is enabled by hand: the server must not trust the page.
        var answer = tab.Page.WaitForResponseAsync(static one => one.Request.Method == "POST");
        await tab.Page.EvaluateAsync("() => { const button = document.getElementById('act-confirm'); button.disabled = false; button.click(); }");
        (await answer).Status.Should().Be(409);
        await Assertions.Expect(tab.Page.Locator("#act-meanwhile")).ToContainTextAsync("1043 arrived meanwhile");
        await tab.SaveAsync("conflict");
        app.Control.State.Overrides.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task LookingAgainKeepsTheReasonAndTheKillIsDoneWithoutADisk(int width)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("oncall-ada", width, isDark: false);
        await tab.GoAsync(app, "flag?key=tax-rules");
        await tab.Page.Locator("a[href*='do=kill']").First.ClickAsync();
        await tab.Page.Locator("dialog #act-reason").FillAsync("INC-1234");
        await app.PublishAsync(ShopFlags.Document(1043, "Raise search to 40 %"));

        await tab.Page.Locator("dialog a", new() { HasTextString = "Look again" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("dialog #act-confirm")).ToBeEnabledAsync();
        await Assertions.Expect(tab.Page.Locator("dialog #act-reason")).ToHaveValueAsync("INC-1234");
        await tab.Page.Locator("dialog #act-confirm").ClickAsync();

        await Assertions.Expect(tab.Page.Locator("main")).ToContainTextAsync("Done, but it will not survive a restart.");
        await tab.SaveAsync("killed-until-restart");
        app.Control.State.Overrides.Should().ContainSingle(static one => one.Flag == "tax-rules" && one.Variant == "old" && !one.SurvivesRestart);
        tab.Errors.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(1280)]
    public async Task HostStopsAtOnceWhileAPageIsOpen(int width)
    {
        await using var app = await ShopApp.StartAsync();
        await using var tab = await browser.OpenAsync("ada", width, isDark: false);
        await tab.GoAsync(app, "");

        // The deadline of a stop is of real time, so it is far away: what ends the wait is the stream.
        using var patience = new CancellationTokenSource(Wait.Patience);
        await app.App.StopAsync(patience.Token);

        patience.IsCancellationRequested.Should().BeFalse();
        await Assertions.Expect(tab.Page.Locator(".live-word")).ToHaveTextAsync("Not live");
    }
}
