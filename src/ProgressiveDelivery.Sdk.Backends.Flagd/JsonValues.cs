using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.Flagd;

/// <summary>Numbers of JSON.</summary>
internal static class JsonValues
{
    // 2^63, the first that does not fit.
    private const double Above = 9223372036854775808.0;

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
