namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

/// <summary>A test that needs Chromium; skipped where it is missing.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.Lack;
}
