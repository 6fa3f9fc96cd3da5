using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Fuzz.Backends;

/// <summary>A value of a document: where it stands, and the members and indexes that lead there.</summary>
/// <param name="NameStart">Where its name begins; -1: it has none.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it has ended.</param>
/// <param name="Path">What leads there.</param>
internal sealed record JsonPart(int NameStart, int Start, int End, string[] Path)
{
    /// <summary>All values of a document, the root first.</summary>
    public static IReadOnlyList<JsonPart> Of(byte[] document)
    {
        var parts = new List<JsonPart>();
        var json = new Utf8JsonReader(document, new() { MaxDepth = 256 });
        json.Read();
        Add(ref json, -1, [], parts);
        return parts;
    }

    private static void Add(ref Utf8JsonReader json, int nameStart, string[] path, List<JsonPart> parts)
    {
        var (start, place) = ((int)json.TokenStartIndex, parts.Count);
        parts.Add(null!);
        if (json.TokenType == JsonTokenType.StartObject)
            AddMembers(ref json, path, parts);
        else if (json.TokenType == JsonTokenType.StartArray)
            AddItems(ref json, path, parts);
        parts[place] = new(nameStart, start, (int)json.BytesConsumed, path);
    }

    private static void AddMembers(ref Utf8JsonReader json, string[] path, List<JsonPart> parts)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (nameStart, name) = ((int)json.TokenStartIndex, Encoding.UTF8.GetString(json.ValueSpan));
            json.Read();
            Add(ref json, nameStart, [.. path, name], parts);
        }
    }

    private static void AddItems(ref Utf8JsonReader json, string[] path, List<JsonPart> parts)
    {
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
            Add(ref json, -1, [.. path, i.ToString(CultureInfo.InvariantCulture)], parts);
    }
}
