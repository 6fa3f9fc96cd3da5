using System.Globalization;
using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Queries.Sql;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>The SQL of an analysis, to be read, reviewed or run elsewhere. Immutable.</summary>
public sealed class AnalysisQuery
{
    private readonly AnalysisScript _script;

    private AnalysisQuery(AnalysisScript script) => _script = script;

    /// <summary>
    /// The values of the plan that the statements name, such as <c>experiment</c> or <c>m0_metric</c>: texts, whole numbers (<see cref="long"/>; times and lengths of time in
    /// microseconds) and numbers (<see cref="double"/>). Centers, caps and quantiles are absent: earlier queries give them.
    /// </summary>
    public IReadOnlyDictionary<string, object> Parameters => _script.Parameters.Values;

    /// <summary>Returns the SQL for a plan and an engine.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="dialect">The engine.</param>
    /// <param name="events">The table of the events; null for the default names.</param>
    /// <exception cref="ExperimentPlanException">The plan has faults.</exception>
    /// <exception cref="ArgumentException">A name of the table or of a column is no identifier.</exception>
    public static AnalysisQuery For(ExperimentPlan plan, SqlDialect dialect, EventTable? events = null)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        PlanValidator.ThrowIfInvalid(plan);
        events ??= new();
        events.Validate();
        var script = new AnalysisScript(plan, dialect, new TableSource(plan, dialect, events));
        _ = script.All().Count();   // Writing the statements names their parameters.
        return new(script);
    }

    /// <summary>
    /// Returns all statements, in the order in which they run, each with a comment. No value of the plan is in the text: see <see cref="Parameters"/>.
    /// </summary>
    public string ToSql()
    {
        var text = new StringBuilder();
        foreach (var (statement, i) in _script.All().Select((statement, i) => (statement, i)))
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "\n" : "")}-- {i + 1}. {statement.Title}\n{statement.Text};\n");
        return text.ToString();
    }
}
