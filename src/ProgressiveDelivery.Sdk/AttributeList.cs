namespace ProgressiveDelivery.Sdk;

/// <summary>Attributes kept in ordinal order of their names, so that equal sets are equal arrays.</summary>
internal static class AttributeList
{
    public static readonly AttributeValue Missing;

    // Up to here a scan, which compares lengths first, beats a binary search.
    private const int ScanLimit = 12;

    public static ContextAttribute[] Sorted(IEnumerable<KeyValuePair<string, AttributeValue>> members)
    {
        ContextAttribute[] sorted = [];
        foreach (var (name, value) in members)
            sorted = With(sorted, name, value);
        return sorted;
    }

    public static ContextAttribute[] With(ContextAttribute[] attributes, string name, AttributeValue value)
    {
        var index = Search(attributes, name);
        if (index >= 0)
        {
            var replaced = (ContextAttribute[])attributes.Clone();
            replaced[index] = new(name, value);
            return replaced;
        }

        var grown = new ContextAttribute[attributes.Length + 1];
        attributes.AsSpan(0, ~index).CopyTo(grown);
        grown[~index] = new(name, value);
        attributes.AsSpan(~index).CopyTo(grown.AsSpan(~index + 1));
        return grown;
    }

    /// <summary>Finds a name in attributes that may be in any order (<paramref name="sorted"/> false) or in ordinal order.</summary>
    public static ref readonly AttributeValue Find(ReadOnlySpan<ContextAttribute> attributes, string name, bool sorted)
    {
        if (sorted && attributes.Length > ScanLimit)
        {
            var index = Search(attributes, name);
            return ref index >= 0 ? ref attributes[index].ValueReference : ref Missing;
        }

        // From the end, since the stack form appends and the last value given for a name counts.
        for (var i = attributes.Length - 1; i >= 0; i--)
        {
            ref readonly var attribute = ref attributes[i];
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
                return ref attribute.ValueReference;
        }

        return ref Missing;
    }

    private static int Search(ReadOnlySpan<ContextAttribute> attributes, string name)
    {
        int low = 0, high = attributes.Length - 1;
        while (low <= high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            var order = string.CompareOrdinal(attributes[middle].Name, name);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
