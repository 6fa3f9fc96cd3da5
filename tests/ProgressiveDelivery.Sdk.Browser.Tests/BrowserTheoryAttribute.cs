using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Browser.Tests;

/// <summary>A test that needs Chromium and axe-core, a checker of accessibility; skipped where one of them is missing.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Lack;

    /// <summary>The browser of this machine; null if there is none.</summary>
    internal static string? Chromium { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome") })
        .FirstOrDefault(File.Exists);

    /// <summary>The folder of the repository's artifacts.</summary>
    internal static string Artifacts { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "artifacts"));

    /// <summary>The script of axe-core.</summary>
    internal static string Axe { get; } = Path.Combine(Environment.GetEnvironmentVariable("PD_PEERS_DIR") ?? Path.Combine(Artifacts, "peers"), "node_modules", "axe-core", "axe.min.js");

    internal static string? Lack => Chromium is null ? "Chromium is not installed: 'apt-get install chromium'."
        : File.Exists(Axe) ? null : "axe-core is not installed: '.ci/run' installs tests/peers into artifacts/peers.";

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
