using System.Globalization;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>Writes paragraphs and tables, with numbers in the invariant culture.</summary>
/// <param name="output">Where to.</param>
internal sealed class Markdown(TextWriter output)
{
    private const int Columns = 120;

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a paragraph, wrapped, and an empty line.</summary>
    public void Paragraph(FormattableString text)
    {
        var column = 0;
        foreach (var word in Text(text).Split(' '))
        {
            var breaks = column + 1 + word.Length > Columns;
            output.Write(column == 0 ? "" : breaks ? "\n" : " ");
            output.Write(word);
            column = word.Length + (column == 0 || breaks ? 0 : column + 1);
        }

        output.WriteLine();
        output.WriteLine();
    }

    public void Head(params string[] columns)
    {
        Row(columns);
        Row([.. columns.Select(static (_, column) => column == 0 ? "---" : "---:")]);
    }

    public void Row(params string[] cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    public void End() => output.WriteLine();
}
