using ProgressiveDelivery.Sdk.Analysis.Data;
using ProgressiveDelivery.Sdk.Analysis.Queries.Lines;
using ProgressiveDelivery.Sdk.Analysis.Queries.Running;
using ProgressiveDelivery.Sdk.Analysis.Validation;

namespace ProgressiveDelivery.Sdk.Analysis.Queries;

/// <summary>
/// Events in files, read with an embedded DuckDB: JSON lines, plain or compressed by gzip (<c>.gz</c>), or Parquet. Memory is bounded; larger data goes to temporary files.
/// Safe for concurrent use: each reading has a database of its own.
/// </summary>
public sealed class DuckDbEvents
{
    private readonly IReadOnlyList<string> _paths;
    private readonly DuckDbEventsOptions _options;

    /// <summary>Names the files, with the default options.</summary>
    /// <param name="paths">Files, folders of event files, or patterns such as <c>events/shop/*.jsonl</c>, with <c>*</c> and <c>?</c> in the last part.</param>
    public DuckDbEvents(params string[] paths)
        : this(paths, new DuckDbEventsOptions())
    {
    }

    /// <summary>Names the files.</summary>
    /// <param name="paths">Files, folders of event files, or patterns such as <c>events/shop/*.jsonl</c>, with <c>*</c> and <c>?</c> in the last part.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">There is no path, or an option is out of its range.</exception>
    public DuckDbEvents(IEnumerable<string> paths, DuckDbEventsOptions options)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        _paths = [.. paths];
        _options = options;
        if (_paths.Count == 0)
            throw new ArgumentException("There is no path. Give a file, a folder of event files, or a pattern such as 'events/*.jsonl'.", nameof(paths));
        options.Validate();
    }

    /// <summary>
    /// Reads all files, and returns the sufficient statistics. Of events with one id, the first one counts: in the order of the paths, of the files that a path names in the ordinal
    /// order of their names, and of the lines. A line that is no event is counted, and the first ones are in <see cref="ExperimentData.Faults"/>.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Takes the share that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ExperimentPlanException">The plan has faults.</exception>
    /// <exception cref="FileNotFoundException">A path names no file.</exception>
    /// <exception cref="NotSupportedException">The paths name both Parquet files and lines.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<ExperimentData> ReadAsync(ExperimentPlan plan, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        PlanValidator.ThrowIfInvalid(plan);
        var files = EventFileSet.Find(_paths);
        var parquet = files.Count(EventFileSet.IsParquet);
        if (parquet > 0 && parquet < files.Count)
            throw new NotSupportedException("The paths name both Parquet files and lines. Read one kind at a time, since an event may be in both.");

        // DuckDB works on the thread that calls it.
        return await Task.Run(ReadOnThisThreadAsync, cancellationToken).ConfigureAwait(false);

        async Task<ExperimentData> ReadOnThisThreadAsync()
        {
            using var database = DuckDbDatabase.Open(_options);
            var reading = new DuckDbReading(plan, database, _options, progress);
            return await (parquet > 0 ? reading.ReadParquetAsync(files, cancellationToken) : reading.ReadLinesAsync(files, cancellationToken)).ConfigureAwait(false);
        }
    }
}
