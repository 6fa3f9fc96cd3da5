using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A variant whose value is ready in every form a caller can request.</summary>
internal sealed class CompiledVariant : IVariantFacts
{
    private const string MarkupCharacters = "<>&'\u2028\u2029";

    private static readonly SearchValues<char> Markup = SearchValues.Create(MarkupCharacters);

    private readonly string? _text;
    private volatile JsonObject? _objects;
    private volatile StrongBox<JsonElement>? _element;

    private CompiledVariant(string name, ValueForms forms, long integer, double number, string? text)
    {
        Name = name;
        Label = name;
        Forms = forms;
        Integer = integer;
        Number = number;
        _text = text;
    }

    public static CompiledVariant OfBoolean(string name, bool value) => new(name, ValueForms.Boolean, value ? 1 : 0, 0, null);

    public static CompiledVariant OfInteger(string name, long value) => new(name, ValueForms.Integer | ValueForms.Number, value, value, null);

    public static CompiledVariant OfNumber(string name, double value) => new(name, ValueForms.Number, 0, value, null);

    public static CompiledVariant OfText(string name, string value) => new(name, ValueForms.String, 0, 0, value);

    public static CompiledVariant OfJson(string name, string text) => new(name, ValueForms.Json, 0, 0, null) { Json = text };

    /// <summary>Creates a variant without a value; <paramref name="enabled"/> indicates whether it turns the flag on, if known.</summary>
    public static CompiledVariant WithoutValue(string name, bool? enabled) => new(name, ValueForms.None, 0, 0, null) { Enabled = enabled };

    /// <summary>Creates a variant that is read as the type a caller requests.</summary>
    /// <param name="name">The variant's name.</param>
    /// <param name="text">The value's text; null if the value is an object or a list.</param>
    /// <param name="whole">The whole number in the text; null if there is none.</param>
    /// <param name="json">The value as JSON.</param>
    public static CompiledVariant OfUntyped(string name, string? text, long? whole, string json)
    {
        var forms = ValueForms.Json | ValueForms.Untyped | (text is null ? ValueForms.None : ValueForms.String);
        if (UntypedValue.TryNumber(text, out var number))
            forms |= ValueForms.Number;
        if (whole is not null)
            forms |= ValueForms.Integer;
        return new(name, forms, whole.GetValueOrDefault(), number, text) { Json = json };
    }

    public string Name { get; }

    /// <summary>The name that evaluations show. Written once, while the variant is compiled.</summary>
    public string Label { get; set; }

    /// <summary>
    /// Indicates whether this variant turns the flag on; null if the flag has one facet. Written once, while the variant is compiled.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>The forms in which the value can be read.</summary>
    public ValueForms Forms { get; }

    public bool HasValue => Forms != ValueForms.None;

    public bool Boolean => Integer != 0;

    public long Integer { get; }

    public double Number { get; }

    /// <summary>The text of a string variant.</summary>
    public string Text => _text ?? "";

    /// <summary>The JSON text of a JSON variant.</summary>
    public string Json { get; private init; } = "";

    /// <summary>Returns the value as JSON text.</summary>
    public string Describe(FlagType type) => type switch
    {
        _ when !HasValue => "null",
        FlagType.Boolean => Boolean ? "true" : "false",
        FlagType.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        FlagType.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        // Escapes only what JSON requires, since people read it.
        FlagType.String => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Text)}\"",
        _ => Json,
    };

    /// <summary>
    /// Returns the value, or the on/off state in place of one, as JSON; undefined if there is neither. Made on the first call and then shared.
    /// </summary>
    public JsonElement Element(FlagType type) => (_element ??= new(Parse(type))).Value;

    public void WriteTo(Utf8JsonWriter writer, FlagType type)
    {
        if (!HasValue)
        {
            writer.WriteNullValue();
            return;
        }

        switch (type)
        {
            case FlagType.Boolean:
                writer.WriteBooleanValue(Boolean);
                break;
            case FlagType.Integer:
                writer.WriteNumberValue(Integer);
                break;
            case FlagType.Number:
                writer.WriteNumberValue(Number);
                break;
            case FlagType.String:
                writer.WriteStringValue(Text);
                break;
            default:
                writer.WriteRawValue(WithoutMarkup(Json), skipInputValidation: true);
                break;
        }
    }

    /// <summary>
    /// Returns the JSON as an object, created on the first call for its type and then shared. A failed conversion is also kept, so it is tried once
    /// and not once per call.
    /// </summary>
    public bool TryGetObject<T>(JsonTypeInfo<T> type, out T value)
    {
        for (var entry = _objects; entry is not null; entry = entry.Next)
        {
            if (ReferenceEquals(entry.Type, type))
                return entry.TryRead(out value);
        }

        var made = new JsonObject(type, Deserialize(type), _objects);
        _objects = made;    // Two concurrent first callers each create one; the later one stays.
        return made.TryRead(out value);
    }

    private object? Deserialize<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Json, type);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)    // The caller's type may throw any exception.
        {
            return (Forms & ValueForms.Untyped) != 0 ? UntypedValue.Deserialize(Json, type) : null;
        }
    }

    private JsonElement Parse(FlagType type)
    {
        var text = HasValue ? Describe(type) : Enabled switch { null => null, true => "true", false => "false" };
        if (text is null)
            return default;
        using var document = JsonDocument.Parse(text, new() { MaxDepth = int.MaxValue });
        return document.RootElement.Clone();
    }

    // JSON has these characters only inside strings, where an escape means the same. Unescaped, they could end a script element.
    private static string WithoutMarkup(string json)
    {
        if (!json.AsSpan().ContainsAny(Markup))
            return json;
        var text = new StringBuilder(json);
        foreach (var character in MarkupCharacters)
            text.Replace(character.ToString(), string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        return text.ToString();
    }

    private sealed record JsonObject(JsonTypeInfo Type, object? Value, JsonObject? Next)
    {
        public bool TryRead<T>(out T value)
        {
            value = Value is T made ? made : default!;
            return Value is T;
        }
    }
}
