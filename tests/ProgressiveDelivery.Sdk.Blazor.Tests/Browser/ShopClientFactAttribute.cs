using ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

namespace ProgressiveDelivery.Sdk.Blazor.Tests.Browser;

/// <summary>A test of the client in a real browser; skipped where there is none.</summary>
public sealed class ShopClientFactAttribute : FactAttribute
{
    public ShopClientFactAttribute() => Skip = Chromium.Lack;
}
