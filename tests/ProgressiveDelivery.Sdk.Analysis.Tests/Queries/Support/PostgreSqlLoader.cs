using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>Puts event lines into a table of PostgreSQL, as a pipeline would.</summary>
internal static class PostgreSqlLoader
{
    /// <summary>Makes the table with the default names anew, and fills it.</summary>
    public static async Task LoadAsync(NpgsqlConnection connection, IEnumerable<string> lines)
    {
        await using (var command = new NpgsqlCommand(
            """
            DROP TABLE IF EXISTS events;
            CREATE TABLE events (seq bigint, type text, id text, "time" timestamptz, unit text, unit_kind text, flag text, experiment text, variant text, metric text,
                value double precision, attributes jsonb)
            """,
            connection))
            await command.ExecuteNonQueryAsync();

        await using var import = await connection.BeginBinaryImportAsync("COPY events FROM STDIN (FORMAT BINARY)");
        foreach (var row in TableRow.Read(lines))
        {
            await import.StartRowAsync();
            await import.WriteAsync(row.Order, NpgsqlDbType.Bigint);
            await TextAsync(import, row.Type);
            await TextAsync(import, row.Id);
            await (row.Time is { } time ? import.WriteAsync(time.ToUniversalTime(), NpgsqlDbType.TimestampTz) : import.WriteNullAsync());
            foreach (var text in (string?[])[row.Unit, row.UnitKind, row.Flag, row.Experiment, row.Variant, row.Metric])
                await TextAsync(import, text);
            await (row.Value is { } value ? import.WriteAsync(value, NpgsqlDbType.Double) : import.WriteNullAsync());
            await import.WriteAsync(JsonSerializer.Serialize(row.Attributes), NpgsqlDbType.Jsonb);
        }
        await import.CompleteAsync();
    }

    private static Task TextAsync(NpgsqlBinaryImporter import, string? text) => text is null ? import.WriteNullAsync() : import.WriteAsync(text, NpgsqlDbType.Text);
}
