using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressiveDelivery.Sdk;

/// <summary>Converts values whose types are known at run time only. A structure that contains itself, however often, ends in an error.</summary>
internal sealed class AttributeConversion
{
    private const int MaxDepth = 64;
    private const int MaxValues = 100_000;

    private int _values;

    private AttributeConversion()
    {
    }

    /// <exception cref="ArgumentException">It is of no type that is accepted, or too deep, or too large.</exception>
    public static AttributeValue Of(object? value) => new AttributeConversion().Convert(value, depth: 0);

    private static AttributeValue? Scalar(object? value) => value switch
    {
        null => new AttributeValue?(default),
        AttributeValue own => own,
        string text => text,
        bool boolean => boolean,
        int integer => integer,
        long integer => integer,
        double number => number,
        float number => (double)number,
        decimal number => number,
        char or byte or sbyte or short or ushort or uint or ulong => Small(value),
        DateTimeOffset instant => instant,
        DateTime instant => instant,
        DateOnly day => day,
        Guid id => id,
        Version version => version,
        Uri address => address,
        Enum named => Named(named),
        _ => default(AttributeValue?),
    };

    private static AttributeValue Small(object value) => value switch
    {
        char character => (AttributeValue)character,
        ulong integer => integer,
        IConvertible integer => integer.ToInt64(null),
        _ => default,
    };

    private static AttributeValue Named(Enum value) => EnumFlags.Of(value.GetType())?.NamesOf(value) ?? value.ToString();

    private AttributeValue Convert(object? value, int depth)
    {
        Count(nameof(value));
        if (Scalar(value) is { } scalar)
            return scalar;
        if (depth >= MaxDepth)
            throw new ArgumentException($"The attribute's value is nested more than {MaxDepth} deep, or contains itself. Give the part that rules test.", nameof(value));
        return value switch
        {
            JsonElement json => Read(json, depth),
            JsonDocument json => Read(json.RootElement, depth),
            JsonObject members => Object(members, depth),
            JsonValue json => Read(Parsed(json), depth),
            IEnumerable<KeyValuePair<string, AttributeValue>> members => AttributeValue.Object(Counted(members)),
            IEnumerable<KeyValuePair<string, object?>> members => Object(members, depth),
            IEnumerable<KeyValuePair<string, string?>> members => Object(members, depth),
            IDictionary members => Object(members, depth),
            IEnumerable items => List(items, depth),
            _ => throw Unknown(value!),
        };
    }

    private void Count(string parameter)
    {
        if (++_values > MaxValues)
            throw new ArgumentException($"The attribute's value has more than {MaxValues} parts, or contains itself. Give the part that rules test.", parameter);
    }

    private AttributeValue List(IEnumerable items, int depth)
    {
        var list = new List<AttributeValue>();
        foreach (var item in items)
            list.Add(Convert(item, depth + 1));
        return AttributeValue.Owning([.. list]);
    }

    // A sequence without an end ends here too.
    private IEnumerable<KeyValuePair<string, AttributeValue>> Counted(IEnumerable<KeyValuePair<string, AttributeValue>> members)
    {
        foreach (var member in members)
        {
            Count(nameof(members));
            yield return member;
        }
    }

    private AttributeValue Object<T>(IEnumerable<KeyValuePair<string, T>> members, int depth) =>
        AttributeValue.Object([.. members.Select(member => KeyValuePair.Create(member.Key, Convert(member.Value, depth + 1)))]);

    private AttributeValue Object(IDictionary members, int depth)
    {
        var named = new List<KeyValuePair<string, AttributeValue>>(members.Count);
        foreach (DictionaryEntry member in members)
            named.Add(new(member.Key as string ?? throw Unknown(members), Convert(member.Value, depth + 1)));
        return AttributeValue.Object(named);
    }

    // A number without a fraction that fits 64 bits is an integer, as in a document.
    private AttributeValue Read(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.String => Decoded(json),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Number => json.TryGetInt64(out var integer) ? (AttributeValue)integer : json.GetDouble(),
        JsonValueKind.Array => List(json.EnumerateArray(), depth),
        JsonValueKind.Object => Object(json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), depth),
        _ => default,
    };

    // A value made in code may hold any type; its text shows which one it is in JSON.
    private static JsonElement Parsed(JsonValue value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string Decoded(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException("A JSON text with half of a surrogate pair cannot be an attribute. Send the text whole, or leave it out.", nameof(value), e);
        }
    }

    private static ArgumentException Unknown(object value) => new(
        $"A value of type '{value.GetType()}' cannot be an attribute. Give a string, char, bool, an integer, float, double or decimal, a DateTimeOffset, DateTime or DateOnly, a Guid, Version, Uri, an enum, a JsonElement or JsonNode, an AttributeValue, or a sequence or dictionary (by string) of these.",
        nameof(value));
}
