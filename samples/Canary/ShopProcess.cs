using System.Diagnostics;
using System.Net.Http.Json;

namespace Canary;

/// <summary>A process of the shop, and the calls that operators make to it.</summary>
internal sealed class ShopProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ShopProcess(Process process, Uri address) => (_process, _http) = (process, new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) });

    public HttpClient Http => _http;

    /// <summary>Starts a release of the shop; completes when it serves.</summary>
    public static async Task<ShopProcess> StartAsync(string rules, string state, string release, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in new[] { "serve", rules, state, release })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new StoryException("the shop did not start.");
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new StoryException("the shop ended before it served.");
        return new(process, new Uri(address));
    }

    public async Task<CanaryView> LookAsync(CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<CanaryView>("/canary", cancellationToken) ?? throw new StoryException("the shop shows no status.");

    public async Task BreakAsync(CancellationToken cancellationToken) =>
        (await _http.PostAsync(new Uri("/bug", UriKind.Relative), content: null, cancellationToken)).EnsureSuccessStatusCode();

    /// <summary>Ends the process as a crash does.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }
}
