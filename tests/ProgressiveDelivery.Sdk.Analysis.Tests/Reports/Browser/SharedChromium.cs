namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

/// <summary>One browser for the tests of a class, started where there is one.</summary>
public sealed class SharedChromium : IAsyncLifetime
{
    private Chromium? _browser;

    internal Chromium Browser => _browser ?? throw new InvalidOperationException(Chromium.Lack);

    public async Task InitializeAsync() => _browser = Chromium.Lack is null ? await Chromium.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }
}
