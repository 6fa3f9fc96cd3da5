using System.Globalization;
using DuckDB.NET.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>A DuckDB database in a temporary folder of its own, which is deleted with it.</summary>
internal sealed class DuckDbDatabase : IDisposable
{
    private readonly DirectoryInfo _folder;

    private DuckDbDatabase(DirectoryInfo folder, DuckDBConnection connection) => (_folder, Connection) = (folder, connection);

    public DuckDBConnection Connection { get; }

    public static DuckDbDatabase Open(DuckDbEventsOptions options)
    {
        var parent = options.TempFolder ?? Path.GetTempPath();
        Directory.CreateDirectory(parent);
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"pd-analysis-{Guid.NewGuid():N}"));
        var database = new DuckDbDatabase(folder, new($"Data Source={Path.Combine(folder.FullName, "events.duckdb")}"));
        try
        {
            database.Connection.Open();
            database.Set($"SET memory_limit = '{(options.MemoryLimit >> 20).ToString(CultureInfo.InvariantCulture)}MiB'");
            database.Set($"SET temp_directory = '{Path.Combine(folder.FullName, "spill").Replace("'", "''", StringComparison.Ordinal)}'");
            database.Set("SET preserve_insertion_order = false");
            database.Set("SET autoinstall_known_extensions = false");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Set(string setting)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Numbers and a quoted path of our own.
        command.CommandText = setting;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
