using System.Collections.Concurrent;
using System.Text;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>Gathers the results of all suites, and writes them when the last one is done.</summary>
public sealed class ConformanceReport : IDisposable
{
    private readonly ConcurrentDictionary<(string Vendor, string Suite), IReadOnlyList<CaseResult>> _results = new();

    internal void Add(string vendor, string suite, IReadOnlyList<CaseResult> results) => _results[(vendor, suite)] = results;

    /// <summary>Writes <c>artifacts/conformance-report.md</c>.</summary>
    public void Dispose()
    {
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

        var notRun = ConformanceFolder.Vendors.Except(ordered.Select(entry => entry.Key.Vendor), StringComparer.Ordinal).ToArray();
        if (notRun.Length > 0)
            text.Append("\nNot run, for want of a backend: ").AppendJoin(", ", notRun).Append(".\n");

        foreach (var failure in ordered.SelectMany(entry => entry.Value).Where(result => result.Ran && !result.Passed))
            text.Append("\n- ").Append(failure.Id).Append("\n  - expected: `").Append(failure.Expected).Append("`\n  - actual: `").Append(failure.Actual).Append('`');
        return text.Append('\n').ToString();
    }

    private static string Row(string vendor, string suite, IReadOnlyList<CaseResult> results) =>
        $"| {vendor} | {suite} | {results.Count(result => result.Passed)} | {results.Count(result => result.Ran && !result.Passed)} | {results.Count(result => !result.Ran)} |\n";
}
