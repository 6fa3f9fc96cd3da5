using System.Text.Json;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the operand of an attribute test: a scalar or a list of scalars, for any operator.</summary>
internal static class OperandReader
{
    public static bool TryRead(ref Utf8JsonReader json, ReadState state, string name, out AttributeValue operand)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            return TryReadList(ref json, state, name, out operand);
        if (AttributeJson.TryReadScalar(ref json, state.Pool, out operand))
            return true;

        Report(ref json, state, name);
        return false;
    }

    private static bool TryReadList(ref Utf8JsonReader json, ReadState state, string name, out AttributeValue operand)
    {
        var mark = state.Values.Mark;
        var faultless = true;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (AttributeJson.TryReadScalar(ref json, state.Pool, out var item))
                state.Values.Add(item);
            else
                faultless = ReportOnce(ref json, state, name, faultless);
        }

        operand = AttributeValue.List(state.Values.Take(mark));
        return faultless;
    }

    private static bool ReportOnce(ref Utf8JsonReader json, ReadState state, string name, bool first)
    {
        if (first)
            Report(ref json, state, name);
        else
            json.Skip();
        return false;
    }

    private static void Report(ref Utf8JsonReader json, ReadState state, string name)
    {
        state.Report(DiagnosticCatalog.InvalidOperand(state.PathTo(name), state.Subject, name, "a text, a number, a boolean or a list of these", JsonText.Describe(ref json)));
        json.Skip();
    }
}
