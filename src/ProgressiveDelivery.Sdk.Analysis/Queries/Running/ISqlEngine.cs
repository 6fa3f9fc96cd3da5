using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>Runs the statements of an analysis, one at a time.</summary>
internal interface ISqlEngine
{
    /// <summary>Runs a statement that returns nothing.</summary>
    Task ExecuteAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken);

    /// <summary>Runs a query. Its columns are numbers; null stands for NULL.</summary>
    Task<IReadOnlyList<double?[]>> QueryAsync(SqlStatement statement, SqlParameters parameters, CancellationToken cancellationToken);
}
