namespace ProgressiveDelivery.Sdk;

/// <summary>The sizes of values, in about as many characters as they have when they are written out, and their depths.</summary>
internal static class AttributeSize
{
    private const int OfNumber = 8;
    private const int OfInstant = 32;
    private const int OfWord = 4;
    private const int OfMarks = 2;

    // So many in a row still fit 64 bits.
    private const long Max = long.MaxValue / 4;

    public static long OfScalar(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => value.AsString()!.Length + OfMarks,
        AttributeKind.Integer or AttributeKind.Number => OfNumber,
        AttributeKind.Instant => OfInstant,
        _ => OfWord,
    };

    public static long Of(ReadOnlySpan<AttributeValue> items)
    {
        long size = OfMarks;
        foreach (ref readonly var item in items)
            size = Math.Min(Max, size + item.Size);
        return size;
    }

    public static long Of(ReadOnlySpan<ContextAttribute> members)
    {
        long size = OfMarks;
        foreach (ref readonly var member in members)
            size = Math.Min(Max, size + member.Name.Length + OfMarks + member.ValueReference.Size);
        return size;
    }

    public static ushort DepthOf(ReadOnlySpan<AttributeValue> items)
    {
        var depth = 0;
        foreach (ref readonly var item in items)
            depth = Math.Max(depth, item.Depth);
        return OneMoreThan(depth);
    }

    public static ushort DepthOf(ReadOnlySpan<ContextAttribute> members)
    {
        var depth = 0;
        foreach (ref readonly var member in members)
            depth = Math.Max(depth, member.ValueReference.Depth);
        return OneMoreThan(depth);
    }

    private static ushort OneMoreThan(int depth) => (ushort)Math.Min(depth + 1, ushort.MaxValue);
}
