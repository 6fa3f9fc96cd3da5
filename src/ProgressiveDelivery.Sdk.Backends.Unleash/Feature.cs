using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>A feature and the variants that it has, of its own and of its strategies.</summary>
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

    public Feature(string name, JsonElement document)
    {
        (Name, Document) = (name, document);
        JsonElement[] all = [.. Json.Items(document, "variants"), .. Json.Items(document, "strategies").SelectMany(strategy => Json.Items(strategy, "variants"))];
        HasVariants = all.Length > 0;
        Type = HasVariants ? TypeOf([.. all.Select(variant => Json.Find(variant, "payload")).OfType<JsonElement>()]) : FlagType.Boolean;
        if (HasVariants)
        {
            _variants.Add(new(NoVariant, VariantValue.None) { Enabled = true });
            _variants.Add(new(NameOff, VariantValue.None) { Enabled = false, Label = Disabled });
            foreach (var variant in all)
                Add(variant);
        }
        else
        {
            _variants.AddRange([new(On, true), new(Off, false)]);
        }
    }

    public string Name { get; }

    public JsonElement Document { get; }

    public bool HasVariants { get; }

    public FlagType Type { get; }

    public IReadOnlyList<VariantDefinition> Variants => _variants;

    public string NameOn => HasVariants ? NoVariant : On;

    public string NameOff => HasVariants ? "(disabled)" : Off;

    /// <summary>The name of a variant that it has.</summary>
    public string NameOf(JsonElement variant) => _names[KeyOf(variant)];

    /// <summary>The names of what is served while it is on: of all variants, or of some by the names that Unleash gives them.</summary>
    public string[] NamesOn(IReadOnlyCollection<string>? names)
    {
        if (names is null)
            return [.. _variants.Where(variant => variant.Enabled ?? variant.Value == (VariantValue)true).Select(variant => variant.Name)];
        var wanted = _variants.Where(variant => variant.Enabled == true && variant.Name != NoVariant && names.Contains(variant.Label ?? variant.Name)).Select(variant => variant.Name);
        // Of a feature without a variant, it is called so also while it is on.
        return names.Contains(Disabled) ? [.. wanted, NameOn] : [.. wanted];
    }

    private void Add(JsonElement variant)
    {
        var key = KeyOf(variant);
        if (_names.ContainsKey(key))
            return;
        var name = key.Name;
        for (var i = 2; _variants.Exists(known => known.Name == name); i++)
            name = string.Create(CultureInfo.InvariantCulture, $"{key.Name}#{i}");
        _names.Add(key, name);
        _variants.Add(new(name, ValueOf(Json.Find(variant, "payload"))) { Enabled = true, Label = key.Name });
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

    private static (string Name, string? Payload) KeyOf(JsonElement variant) => (Json.Text(variant, "name") ?? "", Json.Find(variant, "payload")?.GetRawText());

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
