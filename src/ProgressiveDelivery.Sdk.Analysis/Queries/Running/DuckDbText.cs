namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>
/// Makes texts that DuckDB's client keeps whole: it cuts a text at a NUL, so that two units would become one. No two texts become the same one.
/// </summary>
internal static class DuckDbText
{
    private const char Mark = '\uE000';     // The first sign for private use: hardly any text has it.

    /// <summary>Returns a text without NUL; almost always the very same.</summary>
    public static string Escape(string text) => text.AsSpan().IndexOfAny('\0', Mark) < 0
        ? text
        : text.Replace($"{Mark}", $"{Mark}1", StringComparison.Ordinal).Replace("\0", $"{Mark}0", StringComparison.Ordinal);
}
