using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// A part of a document, read as configuration would read it: a value, which is a text, and children in the order of their keys. Keys ignore
/// case. A missing part has neither.
/// </summary>
internal readonly struct Section
{
    /// <summary>The member of an object that holds the section's own value. No key of configuration can be the same.</summary>
    public const string OwnValue = ":";

    private const char Delimiter = ':';

    private readonly JsonElement _element;

    private Section(JsonElement element, string key, string path) => (_element, Key, Path) = (element, key, path);

    public string Key { get; }

    /// <summary>The keys from the root on, as configuration writes them.</summary>
    public string Path { get; }

    /// <summary>The text; null if there is none.</summary>
    public string? Value => _element.ValueKind switch
    {
        JsonValueKind.String => _element.GetString(),
        JsonValueKind.True => bool.TrueString,
        JsonValueKind.False => bool.FalseString,
        JsonValueKind.Number => _element.GetRawText(),
        JsonValueKind.Array when _element.GetArrayLength() == 0 => "",
        JsonValueKind.Object when BackendJson.Find(_element, OwnValue) is { ValueKind: JsonValueKind.String } own => own.GetString(),
        _ => null,
    };

    public JsonElement Element => _element;

    public bool HasChildren => _element.ValueKind switch
    {
        JsonValueKind.Array => _element.GetArrayLength() > 0,
        JsonValueKind.Object => BackendJson.Entries(_element).Any(member => member.Key != OwnValue),
        _ => false,
    };

    /// <summary>Indicates whether the key exists with neither a value nor children.</summary>
    public bool IsNull => _element.ValueKind != JsonValueKind.Undefined && !Exists;

    public bool Exists => Value is not null || HasChildren;

    /// <summary>The path as diagnostics write it.</summary>
    public string JsonPath => Path.Split(Delimiter).Aggregate(new StringBuilder("$"), Append).ToString();

    /// <summary>The text of a child; null if there is none.</summary>
    public string? this[string key] => Get(key).Value;

    public static Section Of(JsonElement root) => new(root, "", "");

    public Section Get(string key)
    {
        if (_element.ValueKind != JsonValueKind.Object)
            return new(default, key, PathOf(key));
        var found = new Section(default, key, PathOf(key));
        foreach (var (name, value) in BackendJson.Entries(_element))
        {
            if (name is not null && string.Equals(name, key, StringComparison.OrdinalIgnoreCase) && (name == key || found.Key != key || found._element.ValueKind == JsonValueKind.Undefined))
                found = new(value, name, PathOf(name));
        }

        return found;
    }

    public IReadOnlyList<Section> Children()
    {
        if (_element.ValueKind == JsonValueKind.Array)
            return [.. _element.EnumerateArray().Select(ItemAt)];
        if (_element.ValueKind != JsonValueKind.Object)
            return [];
        List<Section> children = [];
        foreach (var (name, value) in BackendJson.Entries(_element))
        {
            if (name is not null && name != OwnValue)
                children.Add(new(value, name, PathOf(name)));
        }

        return [.. children.OrderBy(child => child.Key, SectionOrder.Instance)];
    }

    /// <summary>Returns the children with whole numbers for keys, such as those of a list.</summary>
    public IEnumerable<Section> Items() =>
        Children().Where(child => int.TryParse(child.Key, NumberStyles.Integer, CultureInfo.InvariantCulture, out _));

    /// <summary>Returns the texts of a list, or null if there is no list. An empty text is an empty list.</summary>
    public string[]? Texts() => HasChildren || Value is "" ? [.. Children().Select(child => child.Value).OfType<string>()] : null;

    private static StringBuilder Append(StringBuilder path, string key)
    {
        if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return path.Append(CultureInfo.InvariantCulture, $"[{index}]");
        return key.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? path.Append('.').Append(key) : path.Append("['").Append(key).Append("']");
    }

    private Section ItemAt(JsonElement item, int index)
    {
        var key = index.ToString(CultureInfo.InvariantCulture);
        return new(item, key, PathOf(key));
    }

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}{Delimiter}{key}";
}
