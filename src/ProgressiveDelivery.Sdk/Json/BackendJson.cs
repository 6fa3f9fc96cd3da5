using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>
/// Reads values of other backends' documents. JSON can escape half of a surrogate pair, which is not valid text in .NET: <see cref="JsonElement"/>
/// throws on it, and this class does not. Safe to use from any thread.
/// </summary>
public static class BackendJson
{
    private const int YearLength = 4;

    /// <summary>
    /// Finds a member; of duplicate names, the last one. Null if it is missing or null, or if <paramref name="parent"/> is not an object.
    /// </summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">The member's name.</param>
    public static JsonElement? Find(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object)
            return null;
        try
        {
            return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            return Entries(parent).LastOrDefault(member => member.Key == name) is { Key: not null, Value: { ValueKind: not JsonValueKind.Null } value } ? value : null;
        }
    }

    /// <summary>
    /// Returns the members of an object in document order. The name of a member is null if it is not valid text. Empty if <paramref name="parent"/>
    /// is not an object.
    /// </summary>
    /// <param name="parent">The object.</param>
    public static IEnumerable<KeyValuePair<string?, JsonElement>> Entries(JsonElement parent) =>
        parent.ValueKind == JsonValueKind.Object ? parent.EnumerateObject().Select(member => KeyValuePair.Create(NameOf(member), member.Value)) : [];

    /// <summary>
    /// Returns the members of an object that people named, such as flags by their keys. Of duplicate names the last one counts, and names that are
    /// not valid text are left out; both with a warning. Empty if <paramref name="parent"/> is not an object.
    /// </summary>
    /// <param name="parent">The object.</param>
    /// <param name="collection">The name of the object itself, for diagnostics: <c>flags</c>.</param>
    /// <param name="diagnostics">Receives the faults.</param>
    public static IReadOnlyCollection<KeyValuePair<string, JsonElement>> Members(JsonElement parent, string collection, ICollection<SnapshotDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var members = new OrderedMembers(collection, diagnostics);
        foreach (var (name, value) in Entries(parent))
            members.Add(name, value);
        return members.All;
    }

    /// <summary>
    /// Returns the items of a list that have a name, such as flags with an id. Of duplicate names the last one counts, and items without a name are
    /// left out; both with a warning.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="collection">The list's name: <c>features</c>.</param>
    /// <param name="nameOf">An item's name; null or empty if it has none.</param>
    /// <param name="diagnostics">Receives the faults.</param>
    public static IReadOnlyCollection<KeyValuePair<string, JsonElement>> Named(IEnumerable<JsonElement> items, string collection, Func<JsonElement, string?> nameOf, ICollection<SnapshotDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(nameOf);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var members = new OrderedMembers(collection, diagnostics);
        foreach (var item in items)
            members.Add(nameOf(item) is { Length: > 0 } name ? name : null, item);
        return members.All;
    }

    /// <summary>Reads the text of a value; false if it is not a text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="text">The text.</param>
    public static bool TryReadText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads a 64-bit whole number, in any form: <c>5</c>, <c>5.0</c>, <c>5e0</c>. False if the value is not a whole number.</summary>
    /// <param name="value">The value.</param>
    /// <param name="whole">The number.</param>
    public static bool TryReadWhole(JsonElement value, out long whole)
    {
        whole = 0;
        if (value.ValueKind != JsonValueKind.Number)
            return false;
        if (value.TryGetInt64(out whole))
            return true;
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(value.GetRawText()));
        return json.Read() && JsonText.TryReadWhole(ref json, out whole);
    }

    /// <summary>
    /// Reads an instant in ISO 8601 or RFC 1123; without an offset it is in UTC. False if it is not an instant: a time without a date is not of
    /// today.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant, in UTC.</param>
    public static bool TryReadInstant([NotNullWhen(true)] string? text, out DateTimeOffset instant)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        var trimmed = text.AsSpan().Trim();
        instant = default;
        return trimmed.Length > YearLength && trimmed[YearLength] == '-' && !trimmed[..YearLength].ContainsAnyExceptInRange('0', '9')
            ? DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, styles, out instant)
            : DateTimeOffset.TryParseExact(trimmed, "r", CultureInfo.InvariantCulture, styles, out instant);
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
