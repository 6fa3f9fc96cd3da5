using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Prometheus;

/// <summary>Prometheus' own checker of rules, as the machine has it.</summary>
internal static class Promtool
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "promtool.exe" : "promtool")).FirstOrDefault(File.Exists);

    /// <summary>Null if it is installed.</summary>
    public static string? Lack => Program is null ? "promtool is not installed. Install Debian's package prometheus, without its service." : null;

    /// <summary>Runs it in the folder of the rules.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Until.Patience);
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments)
        {
            WorkingDirectory = Repository.PathOf("docs", "observability"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, faults) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await faults);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
