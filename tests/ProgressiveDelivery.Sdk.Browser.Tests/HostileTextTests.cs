namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>Names, values, reasons and people are text in a browser, whatever they hold.</summary>
[Trait("Category", "Long")]
[Collection(SharedBrowser.Name)]
public sealed class HostileTextTests(SharedBrowser browser)
{
    private static readonly string[] Corpus =
    [
        "<script>window.__xss = 1</script>", "\"><img src=x onerror=\"window.__xss = 2\">", "javascript:window.__xss=3", "</script><svg/onload=window.__xss=4>", "</style><script>window.__xss = 5</script>",
        "' autofocus onfocus='window.__xss=6", "{{constructor.constructor('window.__xss=7')()}}", "${window.__xss=8}", "<iframe srcdoc=\"<script>parent.__xss=9</script>\">", "a\u202Eb\u2066c", "one\ntwo", "]]><!--<script>window.__xss=10</script>-->",
        "<a href=\"javascript:window.__xss=11\">x</a>", "<svg><animate onbegin=window.__xss=12 attributeName=x dur=1s>", new('x', 3_000),
    ];

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task NoStoredTextRunsOnAnyScreen(int width)
    {
        var all = string.Join(' ', Corpus);
        await using var app = await ShopApp.StartAsync(string.Join(",\n", Corpus.Select(Flag)), by: all, why: all);
        await app.Control.HoldAsync(new(all, all));
        foreach (var text in Corpus)
            await app.Control.OverrideAsync(Key(text), Variant(text), new(all, all));
        foreach (var text in Corpus)
            app.Client.GetString(Key(text), new EvaluationContext(text), "");
        await app.PublishAsync(ShopFlags.Document(1043, all, by: all));
        await using var tab = await browser.OpenAsync("oncall" + all, width, isDark: false);

        string[] paths =
        [
            .. ScreenPaths.All.Values, "history?from=1042&to=1043",
            .. Corpus.SelectMany(static text => new[] { "flag?key=" + Uri.EscapeDataString(Key(text)), "act?do=override&flag=" + Uri.EscapeDataString(Key(text)) }).Take(8),
            "explain?saved=Staff&flag=" + Uri.EscapeDataString(Key(Corpus[0])), "explain?saved=" + Uri.EscapeDataString(Corpus[1]) + "&flag=" + Uri.EscapeDataString(Corpus[0]),
            "flags?q=" + Uri.EscapeDataString(Corpus[1]), "audit?who=" + Uri.EscapeDataString(Corpus[1]), "act?do=" + Uri.EscapeDataString(Corpus[1]), "act?told=" + Uri.EscapeDataString(Corpus[0]), "history?from=" + Uri.EscapeDataString(Corpus[3]) + "&to=1",
        ];
        foreach (var path in paths)
        {
            await tab.Page.GotoAsync(app.Address + path);
            await tab.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");

            (await tab.Page.EvaluateAsync<bool>("() => window.__xss === undefined")).Should().BeTrue(path);
            (await tab.Page.EvaluateAsync<int>("() => document.querySelectorAll('body script:not([nonce]),main img,main iframe,main style,main object').length")).Should().Be(0, path);
            (await tab.WidthAsync()).Should().Be(width, path);
            tab.Errors.Where(static error => !error.Contains("404", StringComparison.Ordinal)).Should().BeEmpty(path);
        }

        await tab.GoAsync(app, "flag?key=" + Uri.EscapeDataString(Key(Corpus[0])));
        await tab.SaveAsync($"hostile-flag-{width}");
        await tab.Page.Locator("a[href*='do=remove-override']").First.ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(tab.Page.Locator("dialog[open] #act-title")).ToBeVisibleAsync();
        (await tab.Page.EvaluateAsync<bool>("() => window.__xss === undefined")).Should().BeTrue("a dialog too");
        await tab.SaveAsync($"hostile-dialog-{width}", isFullPage: false);
    }

    private static string Key(string text) => "key " + text;

    private static string Variant(string text) => "variant " + text;

    private static string Flag(string text) => $$"""
        {{ShopFlags.Json(Key(text))}}: {"type": "string", "variants": { {{ShopFlags.Json(Variant(text))}}: {{ShopFlags.Json(text)}}, "b": "b"}, "metadata": {"owner": {{ShopFlags.Json(text)}} },
          "rules": [{"id": {{ShopFlags.Json(text)}}, "when": {"attribute": "plan", "equals": {{ShopFlags.Json(text)}} }, "serve": {{ShopFlags.Json(Variant(text))}} }], "default": "b"}
        """;
}
