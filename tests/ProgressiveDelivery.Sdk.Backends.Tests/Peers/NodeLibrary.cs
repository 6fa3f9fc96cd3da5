using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>A vendor's own library, which is asked the same questions against the same backend.</summary>
internal static class NodeLibrary
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The values of flags for contexts: those of one context after the other.</summary>
    public static async Task<IReadOnlyList<JsonObject>> AskAsync(string program, Uri address, string key, IEnumerable<string> flags, IEnumerable<PeerContext> contexts)
    {
        var start = NodePeers.Program(program);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var patience = new CancellationTokenSource(Patience);
        using var process = Process.Start(start)!;
        try
        {
            var (answers, faults) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(new JsonObject
            {
                ["address"] = address.GetLeftPart(UriPartial.Authority),
                ["key"] = key,
                ["flags"] = new JsonArray([.. flags.Select(flag => (JsonNode)flag)]),
                ["contexts"] = new JsonArray([.. contexts.Select(context => context.Json())]),
            }.ToJsonString());
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program}: exit code {process.ExitCode}.\n{await faults}");
            return [.. JsonSerializer.Deserialize<JsonArray>(await answers)!.Select(values => values!.AsObject())];
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
