using ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>A test with OpenFeature's own libraries in a real browser; skipped where one of them is missing.</summary>
public sealed class OfrepBrowserFactAttribute : OfrepPeersFactAttribute
{
    public OfrepBrowserFactAttribute() => Skip ??= Chromium.Lack;
}
