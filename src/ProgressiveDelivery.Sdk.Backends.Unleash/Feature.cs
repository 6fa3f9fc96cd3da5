using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>A feature with its variants, its own and those of its strategies.</summary>
internal sealed class Feature
{
    /// <summary>The variant of a feature that is on and has none.</summary>
    public const string NoVariant = "(enabled)";

    /// <summary>The variant of a feature that is off.</summary>
    public const string Disabled = "disabled";

    private const string On = "on";
    private const string Off = "off";

    private readonly List<VariantDefinition> _variants = [];
    private readonly Dictionary<(string Name, string? Payload), string> _names = [];
    private readonly UniqueNames _unique = new();

    public Feature(string name, JsonElement document)
    {
        (Name, Document) = (name, document);
        JsonElement[] all = [.. Json.Items(document, "variants"), .. Json.Items(document, "strategies").SelectMany(strategy => Json.Items(strategy, "variants"))];
        HasVariants = all.Length > 0;
        Type = HasVariants ? TypeOf([.. all.Select(variant => BackendJson.Find(variant, "payload")).OfType<JsonElement>()]) : FlagType.Boolean;
        if (HasVariants)
        {
            _variants.Add(new() { Name = NoVariant, Value = VariantValue.None, Enabled = true });
            _variants.Add(new() { Name = NameOff, Value = VariantValue.None, Enabled = false, Label = Disabled });
            foreach (var variant in _variants)
                _unique.Of(variant.Name);
            foreach (var variant in all)
                Add(variant);
        }
        else
        {
            _variants.AddRange([new() { Name = On, Value = true }, new() { Name = Off, Value = false }]);
        }
    }

    public string Name { get; }

    public JsonElement Document { get; }

    public bool HasVariants { get; }

    public FlagType Type { get; }

    public IReadOnlyList<VariantDefinition> Variants => _variants;

    public string NameOn => HasVariants ? NoVariant : On;

    public string NameOff => HasVariants ? "(disabled)" : Off;

    /// <summary>Returns the name of a variant of the feature.</summary>
    public string NameOf(JsonElement variant) => _names[KeyOf(variant)];

    /// <summary>Returns the names of the variants served while the feature is on: all, or those with the given names in Unleash.</summary>
    public string[] NamesOn(IReadOnlyCollection<string>? names)
    {
        if (names is null)
            return [.. _variants.Where(variant => variant.Enabled ?? variant.Value == (VariantValue)true).Select(variant => variant.Name)];
        var wanted = _variants.Where(variant => variant.Enabled == true && variant.Name != NoVariant && names.Contains(variant.Label ?? variant.Name)).Select(variant => variant.Name);
        // A feature without a variant has this name even while it is on.
        return names.Contains(Disabled) ? [.. wanted, NameOn] : [.. wanted];
    }

    private void Add(JsonElement variant)
    {
        var key = KeyOf(variant);
        if (_names.ContainsKey(key))
            return;
        var name = _unique.Of(key.Name);
        _names.Add(key, name);
        _variants.Add(new() { Name = name, Value = ValueOf(BackendJson.Find(variant, "payload")), Enabled = true, Label = key.Name });
    }

    private VariantValue ValueOf(JsonElement? payload)
    {
        if (payload is not { } found || Json.Text(found, "value") is not { } text)
            return VariantValue.None;
        return Type switch
        {
            FlagType.Json => VariantValue.Json(text),
            FlagType.Number => Json.Number(text)!.Value,
            _ => text,
        };
    }

    private static (string Name, string? Payload) KeyOf(JsonElement variant) => (Json.Text(variant, "name") ?? "", BackendJson.Find(variant, "payload")?.GetRawText());

    private static FlagType TypeOf(JsonElement[] payloads)
    {
        if (payloads.Length > 0 && Array.TrueForAll(payloads, payload => Json.Text(payload, "type") == "json" && IsJson(Json.Text(payload, "value"))))
            return FlagType.Json;
        return payloads.Length > 0 && Array.TrueForAll(payloads, payload => Json.Text(payload, "type") == "number" && Json.Number(payload, "value") is not null)
            ? FlagType.Number
            : FlagType.String;
    }

    private static bool IsJson(string? text)
    {
        try
        {
            using var document = JsonDocument.Parse(text ?? "");
            return document.RootElement.ValueKind != JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
