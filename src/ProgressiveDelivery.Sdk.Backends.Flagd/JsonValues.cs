using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>JSON as attribute values.</summary>
internal static class JsonValues
{
    // 2^63, the first that does not fit.
    private const double Above = 9223372036854775808.0;

    public static AttributeValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => AttributeValue.List([.. value.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => AttributeValue.Object(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Read(member.Value)))),
        _ => default,
    };

    /// <summary>Reads a whole number, however it is written: <c>1</c>, <c>1.0</c>, <c>1e3</c>.</summary>
    public static bool TryReadWhole(JsonElement value, out long whole)
    {
        if (value.TryGetInt64(out whole))
            return true;
        if (!value.TryGetDouble(out var number) || Math.Floor(number) != number || number is < -Above or >= Above)
            return false;
        whole = (long)number;
        return true;
    }
}
