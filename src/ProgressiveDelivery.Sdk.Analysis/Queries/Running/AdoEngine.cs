using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Runs statements on an open connection.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">Its transaction; null without one.</param>
internal partial class AdoEngine(DbConnection connection, DbTransaction? transaction) : ISqlEngine
{
    public async Task ExecuteAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken)
    {
        var command = Command(statement, parameters);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<double?[]>> QueryAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken)
    {
        var command = Command(statement, parameters);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<double?[]>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Number(reader, i))]);
                return rows;
            }
        }
    }

    private DbCommand Command(SqlStatement statement, SqlParameters parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;     // The caller's token ends it.
#pragma warning disable CA2100 // The text has no value of a user's: names are checked, values are parameters.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        foreach (var name in ParameterName().Matches(statement.Text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, Convert(parameters.Values[name]));
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Returns a value as the provider takes it.</summary>
    protected virtual object Convert(object value) => value;

    // DuckDB sums whole numbers into 128 bits, PostgreSQL into decimals.
    private static double? Number(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => null,
        System.Numerics.BigInteger big => (double)big,
        var number => System.Convert.ToDouble(number, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("[@$]([a-z][a-z0-9_]*)")]
    private static partial Regex ParameterName();
}
