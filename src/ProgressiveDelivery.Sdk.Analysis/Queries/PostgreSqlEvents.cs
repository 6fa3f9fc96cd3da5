using System.Data;
using System.Data.Common;
using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Running;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>
/// Events in a table of PostgreSQL 12 or later, read through a connection of any provider that has named parameters, such as Npgsql. The user needs to read the table, and to create
/// temporary tables. Not safe for concurrent use, as connections are not.
/// </summary>
public sealed class PostgreSqlEvents
{
    private readonly DbConnection _connection;
    private readonly EventTable _events;

    /// <summary>Names the table.</summary>
    /// <param name="connection">The connection, without a transaction. It is opened for a reading if it is closed, and closed again; it is not disposed.</param>
    /// <param name="events">The table; null for the default names.</param>
    /// <exception cref="ArgumentException">A name is no identifier.</exception>
    public PostgreSqlEvents(DbConnection connection, EventTable? events = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        (_connection, _events) = (connection, events ?? new());
        _events.Validate();
    }

    /// <summary>
    /// Reads the table as it is when the reading begins, and returns the sufficient statistics. Everything runs in one transaction, which is rolled back, so that nothing stays behind.
    /// A row with a column that is missing, empty or not finite is counted as an invalid event.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Takes the share of the statements that are done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExperimentPlanException">The plan has faults.</exception>
    /// <exception cref="DbException">The server refuses a statement.</exception>
    public async Task<ExperimentData> ReadAsync(ExperimentPlan plan, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        PlanValidator.ThrowIfInvalid(plan);
        var wasClosed = _connection.State == ConnectionState.Closed;
        if (wasClosed)
            await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var script = new AnalysisScript(plan, SqlDialect.PostgreSql, new TableSource(plan, SqlDialect.PostgreSql, _events));
                var run = new AnalysisRun(plan, script, new AdoEngine(_connection, transaction), progress);
                return await run.RunAsync(lines: null, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (wasClosed)
                await _connection.CloseAsync().ConfigureAwait(false);
        }
    }
}
