using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>Programs of Node.js that tests compare with: those of <c>tests/peers</c>, where they and their packages are installed.</summary>
internal static class NodePeers
{
    private const string Missing =
        "Node.js 20 or newer and the packages of tests/peers are not installed: run 'cp tests/peers/* artifacts/peers/ && npm install --prefix artifacts/peers', having made that folder.";

    /// <summary>Where they are installed.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("PD_PEERS_DIR") ?? Repository.PathOf("artifacts", "peers");

    private static bool IsInstalled { get; } = Find("node") is not null && Directory.Exists(Path.Combine(Folder, "node_modules", "unleash-server"));

    /// <summary>Why nothing can be compared with; null where it can.</summary>
    public static string? Lack => IsInstalled ? null : Missing;

    /// <summary>A command on the path, or in one of further folders; null: it is not there.</summary>
    public static string? Find(string command, params string[] folders) =>
        folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);

    /// <summary>How to start a program of <c>tests/peers</c>.</summary>
    public static ProcessStartInfo Program(string file) => new(Find("node")!, [Path.Combine(Folder, file)]) { WorkingDirectory = Folder };
}
