using System.Globalization;

namespace ProgressiveDelivery.Sdk.Benchmarks.Gate;

/// <summary>The gate's table, in Markdown that is also readable as it is.</summary>
internal sealed class GateTable
{
    private static readonly string[] Head = ["workload", "ns/op", "B/op", "peer ns/op", "peer B/op", "ratio", "gate"];

    private readonly List<string[]> _rows = [];

    public void Add(string workload, Cost? ours, Cost? peer, string gate) => _rows.Add(
    [
        workload,
        Number(ours?.Nanoseconds),
        Number(ours?.Bytes),
        Number(peer?.Nanoseconds),
        Number(peer?.Bytes),
        ours is { } mine && peer is { } theirs ? Number(theirs.Nanoseconds / mine.Nanoseconds) + "×" : "",
        gate,
    ]);

    public void WriteTo(TextWriter output)
    {
        var widths = Enumerable.Range(0, Head.Length).Select(column => _rows.Append(Head).Max(row => row[column].Length)).ToArray();
        output.WriteLine(Line(Head, widths));
        output.WriteLine("| " + string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")) + " |");
        foreach (var row in _rows)
            output.WriteLine(Line(row, widths));
    }

    private static string Line(string[] cells, int[] widths) =>
        "| " + string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |";

    private static string Number(double? value) => value switch
    {
        null or double.NaN => "",
        0 => "0",
        < 100 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("#,##0", CultureInfo.InvariantCulture),
    };
}
