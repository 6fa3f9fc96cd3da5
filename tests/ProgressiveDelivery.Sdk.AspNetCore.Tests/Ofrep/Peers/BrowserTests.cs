using ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>OpenFeature's web SDK in a real browser.</summary>
[Trait("Category", "Long")]
public sealed class BrowserTests
{
    [OfrepBrowserFact]
    public async Task PageShowsItsFlagsAndFollowsTheServer()
    {
        await using var site = await OfrepSite.StartAsync(await NodeProgram.RunAsync("ofrep-bundle.mjs"));
        await using var browser = await Chromium.StartAsync();
        await browser.EvaluateAsync($"location.href = '{site.Address}/'");

        await ShowsAsync(browser, "checkout", "old checkout");
        await ShowsAsync(browser, "text", "é</script>");
        await ShowsAsync(browser, "bare", "fallback");

        site.Publish(2, OfrepApp.Flags.Replace("\"BE\"", "\"NL\"", StringComparison.Ordinal).Replace("\"default\": \"a\"", "\"default\": \"b\"", StringComparison.Ordinal));
        await ShowsAsync(browser, "text", "B");
        await ShowsAsync(browser, "checkout", "old checkout");

        await browser.EvaluateAsync("moveTo('NL')");
        await ShowsAsync(browser, "checkout", "new checkout");

        await browser.EvaluateAsync("location.reload()");
        await ShowsAsync(browser, "text", "B");
        await Wait.UntilAsync(() => site.Answers.Any(answer => answer == (OfrepApp.All, 304)));
    }

    private static async Task ShowsAsync(Chromium browser, string id, string text)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        string? shown;
        while ((shown = (string?)await browser.EvaluateAsync($"document.getElementById('{id}')?.textContent ?? ''")) != text)
        {
            if (patience.IsCancellationRequested)
                shown.Should().Be(text);
            await Task.Yield();
        }
    }
}
