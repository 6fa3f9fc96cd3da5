using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;
using ProgressiveDelivery.Sdk.Blazor.Tests.Support;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Browser;

/// <summary>The sample in a real browser: the core and the components on one thread, interpreted and trimmed.</summary>
[Trait("Category", "Long")]
public sealed class ShopClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-client-");

    public void Dispose() => _folder.Delete(recursive: true);

    [ShopClientFact]
    public async Task ClientStartsFromThePageAndFollowsTheServer()
    {
        await ShopClientSite.PublishAsync(_folder.FullName);
        var rules = new InMemorySnapshotSource(Rules.Document(1, Rules.Boolean("new-checkout", on: false), Rules.Color("blue")));
        await using var server = new ServiceCollection().AddProgressiveDelivery(flags => flags.From(_ => rules)).BuildServiceProvider();
        await using var site = await ShopClientSite.StartAsync(_folder.FullName, server.GetRequiredService<IFeatureClient>());
        await using var browser = await Chromium.StartAsync();

        await browser.EvaluateAsync($"location.href = '{site.Address}/'");

        await ShowsAsync(browser, "first", "Answer when the page was first rendered: Spring sale (spring, Default)");
        await ShowsAsync(browser, "color", "Blue");
        await ShowsAsync(browser, "checkout", "Old checkout");
        rules.Set(Rules.Document(2, Rules.Boolean("new-checkout"), Rules.Color("green")));
        await ShowsAsync(browser, "checkout", "New checkout");
        await ShowsAsync(browser, "color", "No color");
    }

    private static async Task ShowsAsync(Chromium browser, string id, string text)
    {
        using var patience = new CancellationTokenSource(Until.Patience);
        while ((string?)await browser.EvaluateAsync($"document.getElementById('{id}')?.innerText ?? document.body?.innerText ?? ''") is var shown && shown != text)
        {
            if (patience.IsCancellationRequested)
                shown.Should().Be(text);
            await Task.Yield();
        }
    }
}
