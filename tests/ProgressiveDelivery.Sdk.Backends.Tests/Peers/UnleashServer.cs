using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Peers;

/// <summary>
/// An Unleash server of the test's own, on a PostgreSQL of its own: real processes with free ports and a folder that is removed.
/// </summary>
internal sealed class UnleashServer : IAsyncDisposable
{
    private const string Admin = "*:*.admin000000000000000000000000";
    private const string Frontend = "default:development.frontend00000000000000000";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Postgres =
        Directory.Exists("/usr/lib/postgresql") ? [.. Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin"))] : [];

    private readonly string _folder = Path.Combine("/tmp", $"pd-unleash-{Guid.NewGuid():N}");
    private readonly HttpClient _http;
    private readonly int _databasePort = FreePort();
    private Process? _node;
    private bool _hasDatabase;

    private UnleashServer()
    {
        Address = new($"http://127.0.0.1:{FreePort()}");
        _http = new() { BaseAddress = Address };
    }

    /// <summary>The token of a server-side library.</summary>
    public const string Token = "default:development.backend000000000000000000";

    /// <summary>Why there is none; null where there can be.</summary>
    public static string? Lack => OperatingSystem.IsLinux() && NodePeers.Find("initdb", Postgres) is not null && (!Environment.IsPrivilegedProcess || HasPostgresUser)
        ? null
        : "PostgreSQL's server (initdb, pg_ctl, and a user 'postgres' where tests run as root) is not installed.";

    private static bool HasPostgresUser => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));

    public Uri Address { get; }

    public static async Task<UnleashServer> StartAsync()
    {
        var server = new UnleashServer();
        try
        {
            await server.StartDatabaseAsync();
            await server.StartNodeAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a feature with strategies, and switches it on.</summary>
    public async Task AddFeatureAsync(string name, params JsonObject[] strategies)
    {
        await AdminAsync(HttpMethod.Post, "projects/default/features", new() { ["name"] = name, ["type"] = "release" });
        foreach (var strategy in strategies)
            await AdminAsync(HttpMethod.Post, $"projects/default/features/{name}/environments/development/strategies", strategy);
        await SwitchAsync(name, on: true);
    }

    /// <summary>Has a feature depend on another one.</summary>
    public Task AddParentAsync(string name, string parent) =>
        AdminAsync(HttpMethod.Post, $"projects/default/features/{name}/dependencies", new() { ["feature"] = parent });

    /// <summary>Makes a segment, and gives its id.</summary>
    public async Task<int> AddSegmentAsync(string name, JsonArray constraints) =>
        (await AdminAsync(HttpMethod.Post, "segments", new() { ["name"] = name, ["constraints"] = constraints })).GetProperty("id").GetInt32();

    /// <summary>Switches a feature on or off.</summary>
    public Task SwitchAsync(string name, bool on) => AdminAsync(HttpMethod.Post, $"projects/default/features/{name}/environments/development/{(on ? "on" : "off")}", []);

    /// <summary>What the server's own page shows of a feature's use: yes, no, and each variant.</summary>
    public async Task<(long Yes, long No, IReadOnlyDictionary<string, long> Variants, string[] Applications)> UsageAsync(string name)
    {
        var usage = await AdminAsync(HttpMethod.Get, $"client-metrics/features/{name}/raw", null);
        var rows = usage.GetProperty("data").EnumerateArray().ToList();
        var variants = rows.Where(row => row.TryGetProperty("variants", out _)).SelectMany(row => row.GetProperty("variants").EnumerateObject())
            .GroupBy(variant => variant.Name, StringComparer.Ordinal)
            .ToDictionary(variant => variant.Key, variant => variant.Sum(one => one.Value.GetInt64()), StringComparer.Ordinal);
        return (
            rows.Sum(row => row.GetProperty("yes").GetInt64()),
            rows.Sum(row => row.GetProperty("no").GetInt64()),
            variants,
            [.. rows.Select(row => row.GetProperty("appName").GetString()!).Distinct()]);
    }

    /// <summary>The applications that have registered.</summary>
    public async Task<string[]> ApplicationsAsync()
    {
        var applications = await AdminAsync(HttpMethod.Get, "metrics/applications", null);
        return [.. applications.GetProperty("applications").EnumerateArray().Select(application => application.GetProperty("appName").GetString()!)];
    }

    /// <summary>The server's own evaluation: the features that are on for somebody, with the names of their variants.</summary>
    public async Task<Dictionary<string, string>> EvaluateAsync(string user, IEnumerable<KeyValuePair<string, string>> properties)
    {
        var query = string.Concat(properties.Select(property => $"&properties[{property.Key}]={Uri.EscapeDataString(property.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/frontend?appName=shop&userId={user}{query}");
        request.Headers.TryAddWithoutValidation("Authorization", Frontend);
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("toggles").EnumerateArray().ToDictionary(
            toggle => toggle.GetProperty("name").GetString()!, toggle => toggle.GetProperty("variant").GetProperty("name").GetString()!, StringComparer.Ordinal);
    }

    /// <summary>Ends the server as a crash does.</summary>
    public void Kill()
    {
        if (_node is { HasExited: false })
            _node.Kill(entireProcessTree: true);
        _node?.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        _node?.Dispose();
        if (_hasDatabase)
            await RunAsync(AsPostgres("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop"));
        _http.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartDatabaseAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", _folder);
        await RunAsync(AsPostgres("initdb", "-D", $"{_folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"));
        _hasDatabase = true;
        var settings = $"-p {_databasePort} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off";
        await RunAsync(AsPostgres("pg_ctl", "-D", $"{_folder}/data", "-l", $"{_folder}/database.log", "-w", "-o", settings, "start"));
        await RunAsync(AsPostgres("createdb", "-h", "127.0.0.1", "-p", _databasePort.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "unleash"));
    }

    private async Task StartNodeAsync()
    {
        var start = NodePeers.Program("unleash-server.mjs");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("TZ", "UTC"), ("DATABASE_URL", $"postgres://postgres@127.0.0.1:{_databasePort}/unleash"), ("DATABASE_SSL", "false"),
            ("HTTP_PORT", Address.Port.ToString(CultureInfo.InvariantCulture)), ("CHECK_VERSION", "false"), ("SEND_TELEMETRY", "false"), ("LOG_LEVEL", "error"),
            ("SDK_API_RATE_LIMIT_PER_MINUTE", "200000"), ("TOKEN_AUTHENTICATION_RATE_LIMIT_PER_MINUTE", "200000"),
            ("INIT_ADMIN_API_TOKENS", Admin), ("INIT_BACKEND_API_TOKENS", Token), ("INIT_CLIENT_API_TOKENS", Token), ("INIT_FRONTEND_API_TOKENS", Frontend),
        ])
            start.Environment[name] = value;
        _node = Process.Start(start)!;
        var output = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _node.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        _node.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();

        using var patience = new CancellationTokenSource(Patience);
        while (!await IsHealthyAsync(patience.Token))
        {
            if (_node.HasExited || patience.IsCancellationRequested)
                throw new InvalidOperationException($"The Unleash server did not start:\n{string.Join('\n', output)}");
        }
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync("/health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<JsonElement> AdminAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/admin/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", Admin);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return document.RootElement.Clone();
    }

    // PostgreSQL does not run as root.
    private static string[] AsPostgres(string command, params string[] arguments)
    {
        var path = NodePeers.Find(command, Postgres)!;
        return Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
    }

    // What it prints goes to a file: a server that it starts would keep a pipe open.
    private async Task RunAsync(params string[] command)
    {
        var log = $"{_folder}/commands.log";
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1", log, .. command]) { WorkingDirectory = "/" })!;
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: exit code {process.ExitCode}.\n{await File.ReadAllTextAsync(log, CancellationToken.None)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
