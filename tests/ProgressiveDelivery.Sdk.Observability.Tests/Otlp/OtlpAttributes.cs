namespace ProgressiveDelivery.Sdk.Observability.Tests.Otlp;

/// <summary>Reads attributes: pairs of a key and one of several kinds of value.</summary>
internal static class OtlpAttributes
{
    public static Dictionary<string, object?> Read(IEnumerable<WireMessage> pairs) =>
        pairs.ToDictionary(pair => pair.Text(1)!, pair => Value(pair.Message(2)), StringComparer.Ordinal);

    private static object? Value(WireMessage value) =>
        value.Text(1) is { } text ? text
        : value.Number(2) is { } truth ? truth == 1
        : value.Number(3) is { } integer ? (long)integer
        : value.Number(4) is { } real ? BitConverter.UInt64BitsToDouble(real)
        : null;
}
