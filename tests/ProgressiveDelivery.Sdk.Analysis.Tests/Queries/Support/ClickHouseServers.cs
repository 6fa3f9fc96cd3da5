using System.Diagnostics;
using System.Globalization;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>ClickHouse servers of the test's own: shards of one cluster, each a process with free ports and a folder that is removed.</summary>
internal sealed class ClickHouseServers : IAsyncDisposable
{
    private const string Cluster = "shards";
    private const int MaxAttempts = 3;
    private const int RowsPerInsert = 100_000;
    private const string Users = "/etc/clickhouse-server/users.xml";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Path.Combine("/tmp", $"pd-clickhouse-{Guid.NewGuid():N}");
    private readonly (int Http, int Tcp, int Internal)[] _ports;
    private readonly List<Process> _processes = [];

    private ClickHouseServers(int shards)
    {
        _ports = [.. Enumerable.Range(0, shards).Select(_ => (LocalProgram.FreePort(), LocalProgram.FreePort(), LocalProgram.FreePort()))];
        Shards = [.. _ports.Select(ports => new HttpClient { BaseAddress = new($"http://127.0.0.1:{ports.Http}/") })];
    }

    /// <summary>Why there are none; null where there can be.</summary>
    public static string? Lack => LocalProgram.Find("clickhouse-server") is not null && File.Exists(Users) ? null : "ClickHouse's server is not installed.";

    /// <summary>A client for each server.</summary>
    public IReadOnlyList<HttpClient> Shards { get; }

    /// <summary>The greatest resident memory of each server so far, in bytes.</summary>
    public IEnumerable<long> PeakMemory
    {
        get
        {
            foreach (var process in _processes)
            {
                process.Refresh();
                yield return process.PeakWorkingSet64;
            }
        }
    }

    public static async Task<ClickHouseServers> StartAsync(int shards)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStartAsync(shards);
            }
            catch (InvalidOperationException) when (attempt < MaxAttempts)
            {
                // Another process may have taken a port since it was found free.
            }
        }
    }

    /// <summary>Makes the table anew with lines in it. With several servers 'events' is a Distributed table over 'local_events', and each unit is on the server that its hash chooses.</summary>
    public async Task LoadAsync(IEnumerable<string> lines)
    {
        var local = Shards.Count == 1 ? "events" : "local_events";
        var rows = TableRow.Read(lines).ToList();
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await PostAsync(shard, $"DROP TABLE IF EXISTS {local}");
            await PostAsync(shard, $"CREATE TABLE {local} ({ClickHouseRows.Columns}) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY seq");
            if (Shards.Count > 1)
            {
                await PostAsync(shard, "DROP TABLE IF EXISTS events");
                await PostAsync(shard, $"CREATE TABLE events ({ClickHouseRows.Columns}) ENGINE = Distributed({Cluster}, default, {local})");
            }
            foreach (var own in rows.Where(row => ClickHouseRows.Hash(row.Unit) % Shards.Count == shard).Chunk(RowsPerInsert))
                await PostAsync(shard, ClickHouseRows.Json(own), $"INSERT INTO {local} FORMAT JSONEachRow");
        }
    }

    public async Task<string> PostAsync(int shard, string text, string query = "")
    {
        using var content = new StringContent(text);
        using var response = await Shards[shard].PostAsync(new Uri($"?query={Uri.EscapeDataString(query)}", UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(answer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        foreach (var shard in Shards)
            shard.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<ClickHouseServers> TryStartAsync(int shards)
    {
        var servers = new ClickHouseServers(shards);
        try
        {
            for (var shard = 0; shard < shards; shard++)
                servers.Launch(shard);
            for (var shard = 0; shard < shards; shard++)
                await servers.WaitAsync(shard);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    private string FolderOf(int shard) => Path.Combine(_folder, shard.ToString(CultureInfo.InvariantCulture));

    private void Launch(int shard)
    {
        var folder = FolderOf(shard);
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        File.Copy(Users, Path.Combine(folder, "users.xml"));
        File.WriteAllText(Path.Combine(folder, "config.xml"), Configuration(folder, _ports[shard]));
        _processes.Add(Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1", Path.Combine(folder, "output"), LocalProgram.Find("clickhouse-server")!, $"--config-file={folder}/config.xml"])
        {
            WorkingDirectory = folder,
        })!);
    }

    private string Configuration(string folder, (int Http, int Tcp, int Internal) ports) => $"""
        <yandex>
          <logger><level>warning</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
          <http_port>{ports.Http}</http_port><tcp_port>{ports.Tcp}</tcp_port><interserver_http_port>{ports.Internal}</interserver_http_port>
          <listen_host>127.0.0.1</listen_host>
          <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><users_config>users.xml</users_config>
          <default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>67108864</mark_cache_size>
          <remote_servers><{Cluster}>
            {string.Concat(_ports.Select(shard => $"<shard><replica><host>127.0.0.1</host><port>{shard.Tcp}</port></replica></shard>"))}
          </{Cluster}></remote_servers>
        </yandex>
        """;

    private async Task WaitAsync(int shard)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var response = await Shards[shard].GetAsync(new Uri("ping", UriKind.Relative), patience.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_processes[shard].HasExited && !patience.IsCancellationRequested)
            {
                await Task.Delay(20, CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                var output = Path.Combine(FolderOf(shard), "output");
                throw new InvalidOperationException($"ClickHouse did not start: {await File.ReadAllTextAsync(output, CancellationToken.None)}", e);
            }
        }
    }
}
