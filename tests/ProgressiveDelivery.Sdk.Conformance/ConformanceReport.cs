using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Gathers the results of all suites, and writes them when the last one is done.</summary>
public sealed class ConformanceReport : IDisposable
{
    /// <summary>The collection of all tests that add to the report: it is written when the last one is done.</summary>
    public const string Collection = "conformance";

    private static readonly ConcurrentDictionary<(string Method, string Id), CaseResult> Vectors = new();

    private readonly ConcurrentDictionary<(string Vendor, string Suite), IReadOnlyList<CaseResult>> _results = new();

    private readonly ConcurrentDictionary<string, EvaluationCost> _costs = new(StringComparer.Ordinal);

    internal void Add(string vendor, EvaluationCost cost) => _costs.AddOrUpdate(vendor, cost, (_, sum) => sum.Add(cost));

    internal void Add(string vendor, string suite, IReadOnlyList<CaseResult> results) => _results[(vendor, suite)] = results;

    /// <summary>Adds the result of a statistical method's vector, replacing an earlier one.</summary>
    internal static void AddVector(string method, CaseResult result) => Vectors[(method, result.Id)] = result;

    /// <summary>Writes <c>artifacts/conformance-report.md</c>.</summary>
    public void Dispose()
    {
        foreach (var method in Vectors.GroupBy(vector => vector.Key.Method, vector => vector.Value, StringComparer.Ordinal))
            Add("statistics", method.Key, [.. method]);
        if (_results.IsEmpty)
            return;
        var file = Path.Combine(ConformanceFolder.Repository, "artifacts", "conformance-report.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Text());
    }

    private string Text()
    {
        var text = new StringBuilder("# Conformance\n\n| vendor | suite | passed | failed | skipped |\n| --- | --- | --- | --- | --- |\n");
        var ordered = _results.OrderBy(entry => entry.Key.Vendor, StringComparer.Ordinal).ThenBy(entry => entry.Key.Suite, StringComparer.Ordinal).ToArray();
        foreach (var ((vendor, suite), results) in ordered)
            text.Append(Row(vendor, suite, results));
        text.Append(Row("all", "all", [.. ordered.SelectMany(entry => entry.Value)]));

        foreach (var vendor in ordered.GroupBy(entry => entry.Key.Vendor, entry => entry.Value, StringComparer.Ordinal))
            text.Append(Row(vendor.Key, "all", [.. vendor.SelectMany(results => results)]));

        text.Append("\n| vendor | evaluations measured | bytes per evaluation |\n| --- | --- | --- |\n");
        foreach (var (vendor, cost) in _costs.Where(cost => cost.Value.Evaluations > 0).OrderBy(cost => cost.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {vendor} | {cost.Evaluations} | {(double)cost.Bytes / cost.Evaluations:0.##} |\n");

        var notRun = ConformanceFolder.Vendors.Except(ordered.Select(entry => entry.Key.Vendor), StringComparer.Ordinal).ToArray();
        if (notRun.Length > 0)
            text.Append("\nNot run, for want of a backend: ").AppendJoin(", ", notRun).Append(".\n");

        foreach (var result in ordered.SelectMany(entry => entry.Value).Where(result => !result.Ran))
            text.Append("\n- ").Append(result.Id).Append(": not run, its operation is unknown");

        foreach (var failure in ordered.SelectMany(entry => entry.Value).Where(result => result.Ran && !result.Passed))
            text.Append("\n- ").Append(failure.Id).Append("\n  - expected: `").Append(failure.Expected).Append("`\n  - actual: `").Append(failure.Actual).Append('`')
                .Append(KnownFailures.ReasonOf(failure.Id) is { } reason ? $"\n  - held to be wrong: {reason}" : "");
        return text.Append('\n').ToString();
    }

    private static string Row(string vendor, string suite, IReadOnlyList<CaseResult> results) =>
        $"| {vendor} | {suite} | {results.Count(result => result.Passed)} | {results.Count(result => result.Ran && !result.Passed)} | {results.Count(result => !result.Ran)} |\n";
}
