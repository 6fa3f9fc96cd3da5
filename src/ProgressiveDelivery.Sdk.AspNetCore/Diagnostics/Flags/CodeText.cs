using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Writes JSON as text, line by line.</summary>
internal static class CodeText
{
    private const int MaxShown = 200;
    private const int MaxText = 200_000;

    /// <summary>Writes a text of several lines as code.</summary>
    public static void Code(this HtmlWriter html, string text, string? id = null)
    {
        using (html.Element("pre", ("class", "flags-code"), ("tabindex", "0"), ("aria-label", "JSON")))
        using (html.Element("code", ("id", id)))
        {
            var isFirst = true;
            foreach (var line in SafeText.Cut(text, MaxText).ReplaceLineEndings("\n").Split('\n'))
            {
                if (!isFirst)
                    html.Line();
                html.Text(line);
                isFirst = false;
            }
        }
    }

    /// <summary>Writes a value: a short one at once, a long one cut, with all of it behind a summary.</summary>
    public static void Value(this HtmlWriter html, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            html.Missing("no value");
            return;
        }

        var text = Indented(value);
        if (text.Length <= MaxShown)
        {
            if (text.Contains('\n', StringComparison.Ordinal))
                html.Code(text);
            else
                html.Element("code", "flags-value", text);
            return;
        }

        html.Element("code", "flags-value", SafeText.Cut(value.GetRawText().ReplaceLineEndings(" "), MaxShown));
        using (html.Element("details"))
        {
            html.Element("summary", null, text.Length > MaxText ? $"Show the first {Numbers.Count(MaxText)} of {Numbers.Count(text.Length)} characters" : "Show all");
            html.Code(text);
        }
    }

    // Text is encoded for the page later.
    private static string Indented(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
