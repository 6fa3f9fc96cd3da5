using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;

/// <summary>Makes a context of what was typed, or says what is wrong with a field.</summary>
/// <param name="Context">The context, with its private attributes marked; null if something is wrong.</param>
/// <param name="Faults">What is wrong, by field: <c>json</c>, or the reference of an attribute.</param>
internal sealed record ContextDraft(EvaluationContext? Context, IReadOnlyDictionary<string, string> Faults)
{
    /// <summary>The size above which a context is rejected, in bytes of UTF-8.</summary>
    public const int MaxSize = 64 * 1024;

    /// <summary>The field of faults that are about the whole context.</summary>
    public const string Whole = "json";

    public static ContextDraft Of(ExplainQuestion question, SavedContext? saved, IEnumerable<string> privateNames)
    {
        var size = question.BodyTooLong ?? Size(question);
        if (size > MaxSize)
            return Wrong(Whole, $"Context is {Text(size)}; the limit is 64\u00A0kB.");
        var draft = !string.IsNullOrWhiteSpace(question.Json) ? FromJson(question.Json) : FromFields(question, saved);
        return draft.Context is { } context ? draft with { Context = PrivateNames.Mark(context, privateNames) } : draft;
    }

    /// <summary>Writes a size for people, such as <c>1.2 MB</c>.</summary>
    public static string Text(long bytes) => bytes >= 1_000_000
        ? (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0MB"
        : ((bytes + 1023) / 1024).ToString(CultureInfo.InvariantCulture) + "\u00A0kB";

    private static long Size(ExplainQuestion question) =>
        Encoding.UTF8.GetByteCount(question.Json) + Encoding.UTF8.GetByteCount(question.Key ?? "") + question.Attributes.Sum(attribute => (long)Encoding.UTF8.GetByteCount(attribute.Reference) + Encoding.UTF8.GetByteCount(attribute.Text));

    private static ContextDraft FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(ContextJson.Read(document.RootElement), new Dictionary<string, string>())
                : Wrong(Whole, $"A context is a JSON object, and this is {Word(document.RootElement.ValueKind)}. Write {{\"targetingKey\": \"user-17\", …}}.");
        }
        catch (JsonException fault)
        {
            return Wrong(Whole, Explain(fault));
        }
    }

    private static ContextDraft FromFields(ExplainQuestion question, SavedContext? saved)
    {
        var builder = new ContextBuilder(saved?.Context ?? EvaluationContext.Empty);
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        // A private value is not in the form: an empty field keeps it.
        if (question.Key is { } key && (key.Length > 0 || saved?.Context.IsPrivate(ContextReference.TargetingKey) != true))
            builder.Key = key.Length > 0 ? key : null;
        foreach (var attribute in question.Attributes)
        {
            var reference = ContextReference.Parse(attribute.Reference);
            if (attribute.Text.Length == 0 && saved is not null && ContextLookup.Find(saved.Context, reference).IsPrivate)
                continue;
            if (Read(attribute, out var value) is { } fault)
                faults[attribute.Reference] = fault;
            else if (reference.Kind is not "")
                builder.Set(reference, value);
        }

        return faults.Count > 0 ? new(null, faults) : new(builder.Build(), faults);
    }

    private static string? Read(TypedAttribute attribute, out AttributeValue value)
    {
        (value, var text) = (default, attribute.Text.Trim());
        if (attribute.Text.Length == 0)
            return null;
        switch (attribute.Kind)
        {
            case "text":
                value = attribute.Text;
                return null;
            case "boolean":
                value = text == "true";
                return text is "true" or "false" ? null : $"“{SafeText.Cut(text, 40)}” is neither true nor false.";
            case "number":
                return ReadJson(text, out value) is null && value.Kind is AttributeKind.Integer or AttributeKind.Number ? null : $"“{SafeText.Cut(text, 40)}” is not a number. Write digits, such as 42 or 4.5.";
            case "json":
                return ReadJson(text, out value);
            default:
                return "Choose what the value is: text, number, true or false, or JSON.";
        }
    }

    private static string? ReadJson(string text, out AttributeValue value)
    {
        value = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            using var wrapped = JsonDocument.Parse($"{{\"value\":{text}}}");
            value = ContextJson.Read(wrapped.RootElement)["value"];
            return null;
        }
        catch (JsonException fault)
        {
            return Explain(fault);
        }
    }

    // The reader's sentence ends with its position in another form, and may come with a path.
    private static string Explain(JsonException fault)
    {
        var sentence = fault.Message;
        foreach (var end in (string[])[" LineNumber:", " Path:"])
        {
            if (sentence.IndexOf(end, StringComparison.Ordinal) is >= 0 and var place)
                sentence = sentence[..place];
        }

        return fault is { LineNumber: { } line, BytePositionInLine: { } column }
            ? string.Create(CultureInfo.InvariantCulture, $"Not JSON at line {line + 1}, position {column + 1}: {sentence}")
            : $"Not JSON: {sentence}";
    }

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private static ContextDraft Wrong(string field, string message) => new(null, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = message });
}
