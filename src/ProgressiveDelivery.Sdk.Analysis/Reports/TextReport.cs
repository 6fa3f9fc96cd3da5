using ProgressiveDelivery.Sdk.Analysis.Reports.Text;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports;

/// <summary>
/// Writes a report as plain text for a terminal, with the words and numbers of the page: at most 100 columns, lines end with a line feed. Thread safe.
/// </summary>
public static class TextReport
{
    /// <summary>Writes the text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The writer. It is neither flushed nor closed.</param>
    public static void Write(ExperimentReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        new ReportText(new TextPage(output), report).Write();
    }

    /// <summary>Returns the text.</summary>
    /// <param name="report">The report.</param>
    public static string Render(ExperimentReport report)
    {
        using var writer = new StringWriter();
        Write(report, writer);
        return writer.ToString();
    }
}
