namespace Quickstart;

/// <summary>Writes to the console, in columns.</summary>
internal static class Report
{
    private const string Indent = "   ";
    private const int MaxLine = 108;

    public static void Heading(string text) => Write(ConsoleColor.Cyan, $"\n{text}\n");

    public static void Text(string text) => Console.WriteLine($"{Indent}{text}");

    public static void Done(string text) => Write(ConsoleColor.Green, $"{Indent}✓ {text}");

    public static void Failed(string text) => Write(ConsoleColor.Red, $"{Indent}✗ {text}");

    /// <summary>Somebody else's words, on lines of their own.</summary>
    public static void Quote(string text)
    {
        foreach (var line in text.TrimEnd().Split('\n').SelectMany(Wrapped))
            Write(ConsoleColor.DarkGray, $"{Indent}│ {line}");
    }

    /// <summary>Rows whose columns are as wide as their widest cell.</summary>
    public static void Table(string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            Write(line == head ? ConsoleColor.DarkGray : null, Indent + string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        Console.WriteLine();
    }

    private static IEnumerable<string> Wrapped(string line)
    {
        while (line.Length > MaxLine && line.LastIndexOf(' ', MaxLine) is > 0 and var end)
        {
            yield return line[..end];
            line = line[(end + 1)..];
        }

        yield return line;
    }

    private static void Write(ConsoleColor? color, string text)
    {
        if (color is { } chosen) Console.ForegroundColor = chosen;
        Console.WriteLine(text);
        Console.ResetColor();
    }
}
