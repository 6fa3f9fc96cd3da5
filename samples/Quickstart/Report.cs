namespace Quickstart;

/// <summary>Writes to the console, in columns.</summary>
internal sealed class Report
{
    private const string Indent = "   ";

    public void Heading(string text) => Write(ConsoleColor.Cyan, $"\n{text}\n");

    public void Text(string text) => Console.WriteLine($"{Indent}{text}");

    public void Done(string text) => Write(ConsoleColor.Green, $"{Indent}✓ {text}");

    public void Failed(string text) => Write(ConsoleColor.Red, $"{Indent}✗ {text}");

    /// <summary>Somebody else's words, on lines of their own.</summary>
    public void Quote(string text)
    {
        foreach (var line in text.TrimEnd().Split('\n'))
            Write(ConsoleColor.DarkGray, $"{Indent}│ {line}");
    }

    /// <summary>Rows whose columns are as wide as their widest cell; cells that begin with a digit are flush right.</summary>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            Write(line == head ? ConsoleColor.DarkGray : null, Indent + string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        Console.WriteLine();
    }

    private static void Write(ConsoleColor? color, string text)
    {
        if (color is { } chosen) Console.ForegroundColor = chosen;
        Console.WriteLine(text);
        Console.ResetColor();
    }
}
