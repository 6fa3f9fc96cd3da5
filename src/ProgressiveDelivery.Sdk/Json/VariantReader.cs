using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the variants of a flag, each value of the flag's type.</summary>
internal static class VariantReader
{
    public static IReadOnlyList<VariantDefinition> Read(ReadState state, in Members flag, FlagType? type)
    {
        if (!state.RequirePresent(flag, "variants", "an object of names and values"))
            return [];

        var element = flag["variants"];
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("variants", "an object of names and values", element);
            return [];
        }

        return type is { } known ? Read(state, element, known) : [];
    }

    private static List<VariantDefinition> Read(ReadState state, JsonElement element, FlagType type)
    {
        state.Enter("variants");
        var entries = state.NamedMembersOf(element);
        var variants = new List<VariantDefinition>(entries.Count);
        foreach (var (name, value) in entries)
        {
            state.EnterKey(name);
            if (TryReadValue(value, type, out var read))
                variants.Add(new(name, read));
            else
                state.Report(Diagnostics.InvalidVariantValue(state.Path, state.Subject.Name, name, JsonText.Describe(value), type));
            state.Leave();
        }

        state.Leave();
        return variants;
    }

    private static bool TryReadValue(JsonElement element, FlagType type, out VariantValue value)
    {
        value = default;
        switch (type)
        {
            case FlagType.Boolean when element.ValueKind is JsonValueKind.True or JsonValueKind.False:
                value = element.ValueKind == JsonValueKind.True;
                return true;
            case FlagType.String when JsonText.TryRead(element, out var text):
                value = text;
                return true;
            case FlagType.Integer when JsonText.TryReadWhole(element, out var whole):
                value = whole;
                return true;
            case FlagType.Number when element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number):
                value = number;
                return true;
            case FlagType.Json when element.ValueKind != JsonValueKind.Null:
                value = VariantValue.ParsedJson(element.GetRawText());
                return true;
            default:
                return false;
        }
    }
}
