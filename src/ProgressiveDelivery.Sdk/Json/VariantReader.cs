using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the variants of a flag, each value of the flag's type.</summary>
internal static class VariantReader
{
    public static VariantDefinition[] Read(ref Utf8JsonReader json, ReadState state, FlagType? type)
    {
        if (!state.TryEnterObject(ref json, "variants", "an object of names and values") || type is not { } known)
            return [];

        state.Enter("variants");
        var mark = state.Variants.Mark;
        var names = state.BeginNames();
        while (state.MoveNext(ref json, names, out var place) is { } name)
        {
            var variant = new VariantDefinition { Name = name, Value = ReadValue(ref json, state, known, name) };
            if (place < 0)
                state.Variants.Add(variant);
            else
                state.Variants.Replace(mark, place, variant);
        }

        state.Leave();
        return state.Variants.Take(mark);
    }

    private static VariantValue ReadValue(ref Utf8JsonReader json, ReadState state, FlagType type, string name)
    {
        if (TryReadValue(ref json, state, type, out var value))
            return value;

        state.EnterKey(name);
        state.Report(DiagnosticCatalog.InvalidVariantValue(state.Path, state.Subject.Name, name, JsonText.Describe(ref json), type));
        state.Leave();
        json.Skip();
        return default;
    }

    private static bool TryReadValue(ref Utf8JsonReader json, ReadState state, FlagType type, out VariantValue value)
    {
        value = default;
        switch (type)
        {
            case FlagType.Boolean when json.TokenType is JsonTokenType.True or JsonTokenType.False:
                value = json.TokenType == JsonTokenType.True;
                return true;
            case FlagType.String when state.TryRead(ref json, out var text):
                value = text;
                return true;
            case FlagType.Integer when JsonText.TryReadWhole(ref json, out var whole):
                value = whole;
                return true;
            case FlagType.Number when JsonText.TryReadDouble(ref json, out var number):
                value = number;
                return true;
            case FlagType.Json when json.TokenType != JsonTokenType.Null:
                value = VariantValue.ParsedJson(state.RawText(ref json));
                return true;
            default:
                return false;
        }
    }
}
