using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>Programs of the machine that tests start.</summary>
internal static class LocalProgram
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];

    /// <summary>Gives the path of a program; null if it is not installed.</summary>
    public static string? Find(string name, params string[] folders) =>
        folders.Concat(Folders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end. What it prints goes to a file: a server that it starts would keep a pipe open.</summary>
    public static async Task RunAsync(string log, params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1", log, .. command]) { WorkingDirectory = "/" })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: exit code {process.ExitCode}.\n{await File.ReadAllTextAsync(log, CancellationToken.None)}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
