using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports.Browser;

/// <summary>A real Chromium without a window, driven by its DevTools protocol: one tab, a profile of its own, a port that it chooses itself.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _lastId;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Lack => Find() is null ? "Chromium is not installed: 'apt-get install chromium'." : null;

    /// <summary>Starts it, and waits for the address of its only tab.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("report-chromium-").FullName;
        var start = new ProcessStartInfo(Find()!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--hide-scrollbars",
             "--force-color-profile=srgb", "--remote-debugging-port=0", "--remote-allow-origins=*", $"--user-data-dir={profile}", "about:blank"])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var browser = new Chromium(Process.Start(start)!, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file at a size and a color scheme.</summary>
    public async Task OpenAsync(string path, int width, bool isDark = false, string media = "", bool forcedColors = false)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 720 });
        await SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["media"] = media,
            ["features"] = new JsonArray(
                new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" },
                new JsonObject { ["name"] = "forced-colors", ["value"] = forcedColors ? "active" : "none" }),
        });
        await SendAsync("Page.navigate", new() { ["url"] = new Uri(path).AbsoluteUri });
        while ((string?)await EvaluateAsync("document.readyState + location.href") is not { } state || state != "complete" + new Uri(path).AbsoluteUri)
            await Task.Yield();
    }

    /// <summary>Returns the value of an expression; a promise is awaited. It runs beside the page, which has no script of its own.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } fault ? throw new InvalidOperationException(fault.ToJsonString()) : answer["result"]!["value"];
    }

    /// <summary>Returns a picture of the whole page.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new() { ["format"] = "png", ["captureBeyondViewport"] = true }))["data"]!);

    /// <summary>Returns the page as printed on A4.</summary>
    public async Task<byte[]> PrintAsync() => Convert.FromBase64String((string)(await SendAsync("Page.printToPDF",
        new() { ["printBackground"] = true, ["preferCSSPageSize"] = true, ["paperWidth"] = 8.27, ["paperHeight"] = 11.69 }))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that is just ending may still write; the folder is in the temp folder.
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome") })
        .FirstOrDefault(File.Exists);

    private async Task ConnectAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            const string start = "DevTools listening on ";
            if (!line.StartsWith(start, StringComparison.Ordinal))
                continue;
            // What it writes later is read and dropped, so that it never waits for us.
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var browser = new Uri(line[start.Length..]);
            using var http = new HttpClient();
            var tabs = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://{browser.Authority}/json/list"), limit.Token))!.AsArray();
            await _socket.ConnectAsync(new Uri((string)tabs.First(tab => (string?)tab!["type"] == "page")!["webSocketDebuggerUrl"]!), limit.Token);
            await SendAsync("Page.enable", []);
            return;
        }

        throw new InvalidOperationException($"Chromium ended with code {_process.ExitCode} before it listened.");
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Limit);
        var id = ++_lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var answer = await ReceiveAsync(limit.Token);
            if ((int?)answer["id"] != id)
                continue;
            return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer, cancellation);
            message.Write(_buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        message.Position = 0;
        return JsonNode.Parse(message)!;
    }
}
