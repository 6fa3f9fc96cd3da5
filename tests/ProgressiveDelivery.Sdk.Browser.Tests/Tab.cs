using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>One tab, and what it complains about: script errors, the console, violations of the policy of content.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Tab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => Errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Errors.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Opens a screen, and waits until it is live.</summary>
    public async Task GoAsync(ShopApp app, string path)
    {
        await Page.GotoAsync(app.Address + path);
        await Assertions.Expect(Page.Locator(".live-word")).ToHaveTextAsync("Live");
    }

    /// <summary>Returns what axe-core finds serious or critical.</summary>
    public async Task<string[]> AxeAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(BrowserTheoryAttribute.Axe));
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run()).violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | '))
            """);
    }

    public async Task<int> WidthAsync() => await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    public async Task SaveAsync(string name, bool isFullPage = true)
    {
        var folder = Directory.CreateDirectory(Path.Combine(BrowserTheoryAttribute.Artifacts, "pages")).FullName;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = isFullPage });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
