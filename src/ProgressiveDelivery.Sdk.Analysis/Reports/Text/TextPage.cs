namespace ProgressiveDelivery.Sdk.Analysis.Reports.Text;

/// <summary>Writes lines of at most 100 columns. Controls of a terminal come out as escapes.</summary>
internal sealed class TextPage(TextWriter output)
{
    /// <summary>The greatest width of a line.</summary>
    public const int Width = 100;

    /// <summary>Writes an empty line.</summary>
    public void Blank() => output.Write('\n');

    /// <summary>Writes a text, wrapped at words; further lines are indented. A word that is wider than a line is broken.</summary>
    public void Wrapped(string text, string first = "", int indent = 0)
    {
        var (line, margin) = (first, new string(' ', indent));
        var isEmpty = true;
        foreach (var word in SafeText.Escape(Emphasis.Strip(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, Width - Math.Max(indent, first.Length))))
        {
            if (!isEmpty && DisplayWidth.Of(line) + 1 + DisplayWidth.Of(word) > Width)
            {
                Line(line);
                (line, isEmpty) = (margin, true);
            }

            line += isEmpty ? word : ' ' + word;
            isEmpty = false;
        }

        Line(line);
    }

    /// <summary>Writes a line as it is.</summary>
    public void Line(string line)
    {
        output.Write(line.TrimEnd(' '));
        output.Write('\n');
    }

    private static IEnumerable<string> Pieces(string word, int columns)
    {
        while (DisplayWidth.Of(word) > columns)
        {
            var piece = DisplayWidth.Cut(word, columns)[..^1];
            yield return piece;
            word = word[piece.Length..];
        }

        yield return word;
    }
}
