using Npgsql;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>A PostgreSQL server of the test's own, with a free port and a folder that is removed.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const int MaxAttempts = 3;

    private static readonly string[] Programs = Directory.Exists("/usr/lib/postgresql")
        ? [.. Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin"))]
        : [];

    private readonly string _folder = Path.Combine("/tmp", $"pd-postgres-{Guid.NewGuid():N}");
    private int _port;
    private bool _started;

    /// <summary>Why there is none; null where there can be.</summary>
    public static string? Lack => OperatingSystem.IsLinux() && LocalProgram.Find("initdb", Programs) is not null && (!Environment.IsPrivilegedProcess || HasPostgresUser)
        ? null
        : "PostgreSQL's server (initdb, pg_ctl, and a user 'postgres' where tests run as root) is not installed.";

    private static bool HasPostgresUser => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));

    private string Log => $"{_folder}/commands.log";

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public async Task InitializeAsync()
    {
        if (Lack is not null)
            return;
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
            await LocalProgram.RunAsync(Log, "chown", "postgres", _folder);
        await LocalProgram.RunAsync(Log, AsPostgres("initdb", "-D", $"{_folder}/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"));
        for (var attempt = 1; !_started; attempt++)
        {
            try
            {
                await StartAsync(LocalProgram.FreePort());
            }
            catch (InvalidOperationException) when (attempt < MaxAttempts)
            {
                // Another process may have taken the port since it was found free.
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_started)
            await LocalProgram.RunAsync(Log, AsPostgres("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop"));
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(int port)
    {
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off";
        await LocalProgram.RunAsync(Log, AsPostgres("pg_ctl", "-D", $"{_folder}/data", "-l", $"{_folder}/server.log", "-w", "-t", "110", "-o", settings, "start"));
        (_port, _started) = (port, true);
    }

    // PostgreSQL does not run as root.
    private static string[] AsPostgres(string command, params string[] arguments)
    {
        var path = LocalProgram.Find(command, Programs)!;
        return Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", path, .. arguments] : [path, .. arguments];
    }
}
