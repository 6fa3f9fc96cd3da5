using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>The members of one event, as texts. Of members that repeat, the last one counts, as in other readers of JSON.</summary>
internal sealed class EventFields
{
    private readonly string?[] _texts = new string?[(int)EventField.Attributes + 1];
    private readonly bool[] _present = new bool[(int)EventField.Attributes + 1];
    private readonly TextCache _cache = new();

    /// <summary>The value of an outcome; NaN unless it is a finite number.</summary>
    public double Value { get; private set; }

    public void Clear()
    {
        Array.Clear(_texts);
        Array.Clear(_present);
        Value = double.NaN;
    }

    /// <summary>Returns the text of a member; null if it is missing or is not a text.</summary>
    public string? this[EventField field] => _texts[(int)field];

    public bool Has(EventField field) => _present[(int)field];

    /// <summary>Reads the member that the reader stands on, and all of its value.</summary>
    public void Read(ref Utf8JsonReader reader, EventField field)
    {
        _present[(int)field] = true;
        if (field == EventField.Value)
            Value = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : double.NaN;
        else
            _texts[(int)field] = reader.TokenType == JsonTokenType.String ? Text(ref reader, field) : null;
        reader.Skip();
    }

    /// <summary>Returns the member that a property's name stands for.</summary>
    public static EventField Identify(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
            return Identify(Unescaped(ref reader) is { } name ? System.Text.Encoding.UTF8.GetBytes(name) : []);
        return Identify(reader.ValueSpan);
    }

    /// <summary>Returns the text of a name or string; null for one with half a surrogate pair, which no text can hold.</summary>
    public static string? Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string? Text(ref Utf8JsonReader reader, EventField field)
    {
        if (reader.ValueIsEscaped)
            return Unescaped(ref reader);
        return field is EventField.Id or EventField.Unit or EventField.Time ? System.Text.Encoding.UTF8.GetString(reader.ValueSpan) : _cache.Get(reader.ValueSpan);
    }

    private static EventField Identify(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => EventField.Id,
        4 when name.SequenceEqual("type"u8) => EventField.Type,
        4 when name.SequenceEqual("time"u8) => EventField.Time,
        4 when name.SequenceEqual("unit"u8) => EventField.Unit,
        4 when name.SequenceEqual("flag"u8) => EventField.Flag,
        5 when name.SequenceEqual("value"u8) => EventField.Value,
        6 when name.SequenceEqual("metric"u8) => EventField.Metric,
        7 when name.SequenceEqual("variant"u8) => EventField.Variant,
        8 when name.SequenceEqual("unitKind"u8) => EventField.UnitKind,
        10 when name.SequenceEqual("experiment"u8) => EventField.Experiment,
        10 when name.SequenceEqual("attributes"u8) => EventField.Attributes,
        _ => EventField.Other,
    };
}
