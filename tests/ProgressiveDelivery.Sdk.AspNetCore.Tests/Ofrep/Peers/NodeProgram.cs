using System.Diagnostics;
using System.Text.Json.Nodes;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Backends.Tests.Peers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep.Peers;

/// <summary>A program of Node.js that answers each line with a line.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _faults;

    private NodeProgram(Process process)
    {
        _process = process;
        _faults = process.StandardError.ReadToEndAsync();
    }

    public static NodeProgram Start(string file)
    {
        var start = NodePeers.Program(file);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return new(Process.Start(start)!);
    }

    /// <summary>Returns the output of a program that ends by itself.</summary>
    public static async Task<string> RunAsync(string file)
    {
        await using var program = Start(file);
        using var patience = new CancellationTokenSource(Wait.Patience);
        var output = await program._process.StandardOutput.ReadToEndAsync(patience.Token);
        await program._process.WaitForExitAsync(patience.Token);
        return program._process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file}: {await program._faults}");
    }

    public async Task<JsonNode> SendAsync(string line)
    {
        using var patience = new CancellationTokenSource(Wait.Patience);
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), patience.Token);
        await _process.StandardInput.FlushAsync(patience.Token);
        return await _process.StandardOutput.ReadLineAsync(patience.Token) is { } answer ? JsonNode.Parse(answer)! : throw new InvalidOperationException(await _faults);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
