namespace ProgressiveDelivery.Sdk;

/// <summary>
/// Hashes values by content. It looks at the first parts of a list or object only: equal values have equal first parts, and a value of
/// any size costs the same.
/// </summary>
internal static class ContentHash
{
    private const int MaxParts = 64;

    public static void Add(ref HashCode hash, in AttributeValue value)
    {
        var left = MaxParts;
        Add(ref hash, in value, ref left);
    }

    private static void Add(ref HashCode hash, in AttributeValue value, ref int left)
    {
        if (left-- <= 0)
            return;
        if (value.TryGetNumber(out var number))
        {
            AddNumber(ref hash, number);
            return;
        }

        hash.Add(value.Kind);
        hash.Add(value.Size);
        if (value.AsString() is { } text)
            hash.Add(text, StringComparer.Ordinal);
        else if (value.TryGetBoolean(out var boolean))
            hash.Add(boolean);
        else if (value.Kind == AttributeKind.Instant)
            hash.Add(value.InstantTicks);
        for (var i = 0; i < value.Items.Length && left > 0; i++)
            Add(ref hash, in value.Items[i], ref left);
        for (var i = 0; i < value.Members.Length && left > 0; i++)
        {
            hash.Add(value.Members[i].Name, StringComparer.Ordinal);
            Add(ref hash, in value.Members[i].ValueReference, ref left);
        }
    }

    // In halves: the framework folds them together first, by which numbers can be chosen that collide. Zeros, and numbers that are none, are equal.
    private static void AddNumber(ref HashCode hash, double number)
    {
        var bits = number == 0 ? 0 : double.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(number);
        hash.Add((int)bits);
        hash.Add((int)(bits >> 32));
    }
}
