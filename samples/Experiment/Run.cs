using ProgressiveDelivery.Sdk.Analysis.Queries;
using ProgressiveDelivery.Sdk.Analysis.Reports;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace Experiment;

/// <summary>The way from assignment to verdict: a run of the shop, its events in files, the analysis, and the comparison with the truth.</summary>
/// <param name="folder">The folder of the events and the page.</param>
internal sealed class Run(string folder)
{
    private readonly string _events = Path.Combine(folder, "events");

    public async Task<bool> PlayAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Console.WriteLine($"{Truth.Visitors:N0} visitors are divided among three checkout pages, for {Truth.Days} days.");
        using (var bar = new ProgressBar("Visitors shop"))
            await Shop.ServeAsync(Path.Combine(_events, "shop"), bar, cancellationToken);

        var plan = Truth.Plan;
        ExperimentReport report;
        using (var bar = new ProgressBar("Events are read"))
        {
            var data = await new DuckDbEvents(Path.Combine(_events, "*.jsonl")).ReadAsync(plan, bar, cancellationToken);
            report = ExperimentAnalysis.Judge(plan, data, Truth.Now);
        }

        Console.WriteLine();
        Console.WriteLine(TextReport.Render(report));
        var page = Path.Combine(folder, "report.html");
        HtmlReport.Save(report, page);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), JsonReport.Render(report), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.sql"), AnalysisQuery.For(plan, SqlDialect.PostgreSql).ToSql(), cancellationToken);
        Console.WriteLine($"The page: {new Uri(page)}");
        Console.WriteLine();
        return Comparison.Print(report);
    }
}
