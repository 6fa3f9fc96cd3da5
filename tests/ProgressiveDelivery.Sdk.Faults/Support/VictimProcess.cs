using System.Diagnostics;
using System.Globalization;
using ProgressiveDelivery.Sdk.Faults.Victim;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>A process of its own that a scenario may kill. Its lines are what it tells; it ends when this is disposed.</summary>
internal sealed class VictimProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private VictimProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public static VictimProcess Start(params string[] command)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Generation).Assembly.Location);
        foreach (var word in command) start.ArgumentList.Add(word);

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>The next line that it tells; null when it has ended.</summary>
    public async Task<string?> LineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Every line from now to its end.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync() =>
        (await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Waits for a line.</summary>
    public async Task ToldAsync(string line)
    {
        while (await LineAsync() is { } told)
        {
            if (told == line) return;
        }

        throw new InvalidOperationException($"The process ended before it told '{line}'.");
    }

    /// <summary>Has an exception thrown that nobody catches.</summary>
    public void Crash() => _process.StandardInput.WriteLine("crash");

    /// <summary>Ends it as an operating system does that has no patience: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end: SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public Task EndedAsync() => _process.WaitForExitAsync().WaitAsync(Patience);

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.WaitForExit();
        // The process leaves streams open that were read from or written to.
        _process.StandardOutput.Dispose();
        _process.StandardInput.Dispose();
        _process.Dispose();
    }
}
