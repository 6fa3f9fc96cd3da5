using System.Text;
using ProgressiveDelivery.Sdk.Analysis.Reports.Html;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports;

/// <summary>
/// Writes a report as one HTML page for people. The page needs no script and loads nothing; its own policy forbids both. It is light or dark as the reader's
/// system is, and can be printed. All names in it are encoded. Thread safe.
/// </summary>
public static class HtmlReport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The writer. It is neither flushed nor closed. Its encoding must be UTF-8, which the page states.</param>
    public static void Write(ExperimentReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("<!DOCTYPE html>\n");
        new ReportPage(new HtmlWriter(output), report).Write();
    }

    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The stream. It stays open.</param>
    public static void Write(ExperimentReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new StreamWriter(output, Utf8, leaveOpen: true);
        Write(report, writer);
    }

    /// <summary>Returns the page.</summary>
    /// <param name="report">The report.</param>
    public static string Render(ExperimentReport report)
    {
        using var writer = new StringWriter();
        Write(report, writer);
        return writer.ToString();
    }

    /// <summary>Writes the page to a file, which is replaced if it exists.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(ExperimentReport report, string path) => File.WriteAllText(path, Render(report), Utf8);
}
