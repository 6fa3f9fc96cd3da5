namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

/// <summary>A test that needs Chromium and axe-core, a checker of accessibility; skipped where one of them is missing.</summary>
public sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = Chromium.Lack ?? (File.Exists(Script) ? null : "axe-core is not installed: '.ci/run' installs tests/peers into artifacts/peers.");

    /// <summary>The file of axe-core.</summary>
    internal static string Script { get; } = Path.Combine(Environment.GetEnvironmentVariable("PD_PEERS_DIR") ?? Repository.PathOf("artifacts", "peers"), "node_modules", "axe-core", "axe.min.js");
}
