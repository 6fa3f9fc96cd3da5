using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Analysis.Reports.Json;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports;

/// <summary>
/// Writes a report as JSON for programs; <c>schema/report.v1.schema.json</c> describes it. Names are only ever added within version 1. Numbers are not rounded;
/// one that does not exist, or an open end, is null. Before the end of a fixed-horizon experiment there are no effects in it. Thread safe.
/// </summary>
public static class JsonReport
{
    // The text is a file, not a part of a page: quotes and other scripts stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the JSON as UTF-8.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The stream. It stays open.</param>
    public static void Write(ExperimentReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new Utf8JsonWriter(output, Options);
        new ReportJson(writer, report).Write();
    }

    /// <summary>Returns the JSON.</summary>
    /// <param name="report">The report.</param>
    public static string Render(ExperimentReport report)
    {
        using var stream = new MemoryStream();
        Write(report, stream);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
