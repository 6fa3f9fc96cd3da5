using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Lines;

/// <summary>Makes an event of a line, or gives the rule by which it is none. Not safe for concurrent use.</summary>
/// <param name="attributes">The attributes to read, in order.</param>
internal sealed class EventLineParser(IReadOnlyList<string> attributes)
{
    private static readonly JsonReaderOptions Json = new() { MaxDepth = int.MaxValue };
    private static readonly EventField[] Common = [EventField.Id, EventField.Time, EventField.Unit, EventField.UnitKind];
    private static readonly EventField[] OfExposures = [.. Common, EventField.Flag, EventField.Experiment, EventField.Variant];
    private static readonly EventField[] OfOutcomes = [.. Common, EventField.Metric];

    private readonly EventFields _fields = new();

    /// <summary>The event of the last line that was one.</summary>
    public EventRecord Current { get; } = new() { Attributes = new string?[attributes.Count] };

    /// <summary>Reads a line without its end. A JSON object of any depth and size is read.</summary>
    public LineVerdict Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
            return LineVerdict.NoObject("The line is not UTF-8.");
        try
        {
            return TryRead(line) ? Judge() : LineVerdict.NoObject("The line is not a JSON object.");
        }
        catch (JsonException e)
        {
            return LineVerdict.NoObject($"The line is not JSON: byte {e.BytePositionInLine} does not fit.");
        }
    }

    private bool TryRead(ReadOnlySpan<byte> line)
    {
        _fields.Clear();
        Array.Clear(Current.Attributes);
        var reader = new Utf8JsonReader(line, Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = EventFields.Identify(ref reader);
            reader.Read();
            if (field == EventField.Attributes)
                ReadAttributes(ref reader);
            else if (field == EventField.Other)
                reader.Skip();
            else
                _fields.Read(ref reader, field);
        }
        return !reader.Read();
    }

    private void ReadAttributes(ref Utf8JsonReader reader)
    {
        Array.Clear(Current.Attributes);
        if (reader.TokenType != JsonTokenType.StartObject || attributes.Count == 0)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = Place(ref reader);
            reader.Read();
            if (place >= 0)
                Current.Attributes[place] = Scalar(ref reader);
            reader.Skip();
        }
    }

    private int Place(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            if (reader.ValueTextEquals(attributes[i]))
                return i;
        }
        return -1;
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => EventFields.Unescaped(ref reader),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private LineVerdict Judge()
    {
        var type = _fields[EventField.Type];
        if (type is not ("exposure" or "outcome"))
            return LineVerdict.UnknownType(type is null ? "The event has no 'type'." : $"The type '{Shorten(type)}' is neither 'exposure' nor 'outcome'.");

        Current.IsExposure = type == "exposure";
        foreach (var field in Current.IsExposure ? OfExposures : OfOutcomes)
        {
            if (string.IsNullOrEmpty(_fields[field]))
                return LineVerdict.Invalid(Lack(field));
        }
        if (!Current.IsExposure && double.IsNaN(_fields.Value))
            return LineVerdict.Invalid(_fields.Has(EventField.Value) ? "'value' is not a finite number." : "'value' is missing.");
        if (!EventTime.TryParse(_fields[EventField.Time], out var time))
            return LineVerdict.Invalid("'time' is not ISO 8601 with 'Z' or an offset, such as '2026-03-02T08:00:00Z'.");

        Fill(time);
        return LineVerdict.Event;
    }

    private void Fill(long time)
    {
        Current.Time = time;
        Current.Id = _fields[EventField.Id]!;
        Current.Unit = _fields[EventField.Unit]!;
        Current.UnitKind = _fields[EventField.UnitKind]!;
        Current.Experiment = _fields[EventField.Experiment] ?? "";
        Current.Variant = _fields[EventField.Variant] ?? "";
        Current.Metric = _fields[EventField.Metric] ?? "";
        Current.Value = _fields.Value;
    }

    private string Lack(EventField field)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
        var state = !_fields.Has(field) ? "is missing" : _fields[field] is null ? "is not a text" : "is empty";
        return $"'{name}' {state}.";
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
