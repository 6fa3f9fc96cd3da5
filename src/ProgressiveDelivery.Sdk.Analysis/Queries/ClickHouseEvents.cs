using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Running;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>
/// Events in a table of ClickHouse 18.16 or later, read over its HTTP interface. The table may be a <c>Distributed</c> one, with events on any shard: units come together on the server
/// that is asked, and take its memory. The user needs to read the table, and to create temporary tables. Safe for concurrent use.
/// </summary>
public sealed class ClickHouseEvents
{
    private readonly HttpClient _http;
    private readonly EventTable _events;

    /// <summary>Names the table.</summary>
    /// <param name="http">
    /// The client, with the server as its base address, such as <c>http://localhost:8123/</c>, and what the server asks for (user, password, database) in headers. All requests of a
    /// reading must reach the same server, since they share a session. Its timeout bounds each statement. It is not disposed.
    /// </param>
    /// <param name="events">The table; null for the default names.</param>
    /// <exception cref="ArgumentException">The client has no base address, or a name is no identifier.</exception>
    public ClickHouseEvents(HttpClient http, EventTable? events = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
            throw new ArgumentException("The HTTP client has no base address. Set it to that of the server, such as 'http://localhost:8123/'.", nameof(http));
        (_http, _events) = (http, events ?? new());
        _events.Validate();
    }

    /// <summary>
    /// Reads the table, and returns the sufficient statistics. A row with a column that is missing, empty or not finite is counted as an invalid event. Rows that are inserted during
    /// the reading may count in some numbers only.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Takes the share of the statements that are done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the reading, and the statement that the server runs.</param>
    /// <exception cref="ExperimentPlanException">The plan has faults.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached, or refuses a statement; the message has its answer.</exception>
    public async Task<ExperimentData> ReadAsync(ExperimentPlan plan, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        PlanValidator.ThrowIfInvalid(plan);
        var script = new AnalysisScript(plan, SqlDialect.ClickHouse, new TableSource(plan, SqlDialect.ClickHouse, _events));
        var engine = new ClickHouseEngine(_http);
        try
        {
            return await new AnalysisRun(plan, script, engine, progress).RunAsync(lines: null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await engine.DropAsync(script.Tables.Select(table => table.Table).Append(ClickHouseDialect.Parameters)).ConfigureAwait(false);
        }
    }
}
