using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends;

/// <content>Values count as true or false, as in ECMAScript.</content>
internal static partial class Json
{
    /// <summary>Returns whether a value counts as true.</summary>
    public static bool Counts(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined } => false,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble() != 0,
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
        _ => true,
    };
}
