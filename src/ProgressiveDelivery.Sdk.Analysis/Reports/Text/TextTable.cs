namespace ProgressiveDelivery.Sdk.Analysis.Reports.Text;

/// <summary>Writes aligned rows. The widest columns give way when a row would be too wide.</summary>
internal sealed class TextTable(TextPage page, params TextTable.Column[] columns)
{
    private const string Indent = "  ";
    private const string Gap = "  ";

    private readonly List<(string? Title, string[] Cells)> _rows = [];

    /// <summary>Adds a line that spans the columns, with an empty line before it.</summary>
    public void Title(string title) => _rows.Add((title, []));

    /// <summary>Adds a row; a cell for each column.</summary>
    public void Row(params string[] cells) => _rows.Add((null, [.. cells.Select(SafeText.Escape)]));

    /// <summary>Writes the heading and the rows.</summary>
    public void Write()
    {
        string[] heading = [.. columns.Select(column => column.Title)];
        var widths = columns.Select((_, i) => _rows.Where(row => row.Title is null).Select(row => DisplayWidth.Of(row.Cells[i])).Append(DisplayWidth.Of(heading[i])).Max()).ToArray();
        for (var excess = Indent.Length + widths.Sum() + Gap.Length * (columns.Length - 1) - TextPage.Width; excess > 0; excess--)
            widths[Array.IndexOf(widths, widths.Max())]--;
        page.Line(Format(heading, widths));
        foreach (var (title, cells) in _rows)
        {
            if (title is null)
            {
                page.Line(Format(cells, widths));
                continue;
            }

            page.Blank();
            page.Wrapped(title, indent: 2);
        }
    }

    private string Format(string[] cells, int[] widths) =>
        Indent + string.Join(Gap, cells.Select((cell, i) => DisplayWidth.Pad(DisplayWidth.Cut(cell, widths[i]), widths[i], columns[i].IsNumber)));

    /// <summary>A column. Immutable.</summary>
    /// <param name="Title">The heading.</param>
    /// <param name="IsNumber">Indicates whether cells are aligned right.</param>
    internal sealed record Column(string Title, bool IsNumber = false);
}
