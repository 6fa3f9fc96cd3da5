using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Describes the fault of JSON text, without the parser's own advice, which is for developers.</summary>
internal static class JsonFault
{
    // The text after each of these is a place, which we report ourselves, or an option of the parser.
    private static readonly string[] Ends = [" LineNumber:", " Path:", " Change the reader options", " which is not supported in this mode"];

    public static string Describe(JsonException exception)
    {
        var text = exception.Message;
        foreach (var end in Ends)
            text = text.IndexOf(end, StringComparison.Ordinal) is var at and >= 0 ? text[..at] : text;
        text = text.Replace("maximum configured depth", "deepest nesting", StringComparison.Ordinal);
        return text.EndsWith('.') ? text : $"{text}.";
    }
}
