using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A variant whose value is ready in every form that it can be asked for.</summary>
internal sealed class CompiledVariant
{
    private readonly string? _text;
    private volatile JsonObject? _objects;

    private CompiledVariant(string name, long integer, double number, string? text)
    {
        Name = name;
        Label = name;
        Integer = integer;
        Number = number;
        _text = text;
    }

    public static CompiledVariant OfBoolean(string name, bool value) => new(name, value ? 1 : 0, 0, null);

    public static CompiledVariant OfInteger(string name, long value) => new(name, value, value, null);

    public static CompiledVariant OfNumber(string name, double value) => new(name, 0, value, null);

    public static CompiledVariant OfText(string name, string value) => new(name, 0, 0, value);

    /// <summary>A variant without a value, which may say whether the flag is on.</summary>
    public static CompiledVariant WithoutValue(string name, bool? enabled) => new(name, 0, 0, null) { Enabled = enabled, HasValue = false };

    public string Name { get; }

    /// <summary>The name that evaluations show. Written once, while the variant is compiled.</summary>
    public string Label { get; set; }

    /// <summary>Whether the flag is on where this is served; null where it has one facet. Written once, while the variant is compiled.</summary>
    public bool? Enabled { get; set; }

    public bool HasValue { get; private init; } = true;

    public bool Boolean => Integer != 0;

    public long Integer { get; }

    public double Number { get; }

    /// <summary>The text of a string variant, or the JSON text of a JSON variant.</summary>
    public string Text => _text ?? "";

    /// <summary>The value as JSON text.</summary>
    public string Describe(FlagType type) => type switch
    {
        _ when !HasValue => "null",
        FlagType.Boolean => Boolean ? "true" : "false",
        FlagType.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        FlagType.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        // Only what JSON cannot hold is escaped, for people read it.
        FlagType.String => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Text)}\"",
        _ => Text,
    };

    /// <summary>
    /// The JSON as an object, made at the first call for its type and then shared. A text that does not fit the type is remembered
    /// as such, so that it costs one attempt and not one per call.
    /// </summary>
    public bool TryGetObject<T>(JsonTypeInfo<T> type, out T value)
    {
        for (var entry = _objects; entry is not null; entry = entry.Next)
        {
            if (ReferenceEquals(entry.Type, type))
                return entry.TryRead(out value);
        }

        var made = new JsonObject(type, Deserialize(type), _objects);
        _objects = made;    // Two first callers at once each make one; the later one stays.
        return made.TryRead(out value);
    }

    private object? Deserialize<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Text, type);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)    // A type of the user's may refuse what it reads with any other.
        {
            return null;
        }
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
