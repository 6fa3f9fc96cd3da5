using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads one assertion; null if it is unreadable.</summary>
internal static class AssertionReader
{
    public static AssertionDefinition? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        string? flag = null, variant = null;
        var context = EvaluationContext.Empty;
        var readable = true;
        var members = new MemberCursor(FormatMembers.Assertion);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "flag": readable &= TryReadText(ref json, state, out flag); break;
                case "variant": readable &= TryReadText(ref json, state, out variant); break;
                default: readable &= TryReadContext(ref json, out context); break;
            }
        }

        return readable && flag is not null && !members.HasMisspelt ? new() { Flag = flag, Context = context, Variant = variant } : null;
    }

    private static bool TryReadText(ref Utf8JsonReader json, ReadState state, out string? text)
    {
        var readable = state.TryRead(ref json, out text) || json.TokenType == JsonTokenType.Null;
        json.Skip();
        return readable;
    }

    private static bool TryReadContext(ref Utf8JsonReader json, out EvaluationContext context)
    {
        var isObject = json.TokenType == JsonTokenType.StartObject;
        context = isObject ? ContextJson.Read(ref json) : EvaluationContext.Empty;
        json.Skip();
        return isObject || json.TokenType == JsonTokenType.Null;
    }
}
