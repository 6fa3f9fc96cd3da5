using Microsoft.Playwright;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>One Chromium for all tests, started where there is one.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : IAsyncLifetime, ICollectionFixture<SharedBrowser>
{
    /// <summary>The name of the collection, whose tests run one after another.</summary>
    public const string Name = "Browser";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserTheoryAttribute.Lack is not null)
            return;
        Assertions.SetDefaultExpectTimeout((float)Wait.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserTheoryAttribute.Chromium,
            Headless = true,
            Timeout = 180_000,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a tab as a user, at a size and in a color scheme.</summary>
    internal async Task<Tab> OpenAsync(string user, int width, bool isDark, bool hasScript = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = hasScript,
            ExtraHTTPHeaders = new Dictionary<string, string> { [PageAuthentication.Header] = Uri.EscapeDataString(user) },
            TimezoneId = "Europe/Brussels",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(120_000);
        return new(context, await context.NewPageAsync());
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
