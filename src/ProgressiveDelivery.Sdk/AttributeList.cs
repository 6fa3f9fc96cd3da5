namespace ProgressiveDelivery.Sdk;

/// <summary>Attributes kept in ordinal order of their names, so that equal sets are equal arrays.</summary>
internal static class AttributeList
{
    public static readonly AttributeValue Missing;

    // Up to here a scan, which compares lengths first, beats a binary search.
    private const int ScanLimit = 12;

    // Most contexts have no more.
    private const int FirstRoom = 6;

    // Beyond, each insertion would move too many others.
    private const int InsertionLimit = 256;

    public static ContextAttribute[] Sorted(IEnumerable<KeyValuePair<string, AttributeValue>> members) =>
        members is ICollection<KeyValuePair<string, AttributeValue>> { Count: <= InsertionLimit } few ? Inserted(few) : Merged(members);

    private static ContextAttribute[] Inserted(ICollection<KeyValuePair<string, AttributeValue>> members)
    {
        ContextAttribute[] sorted = [];
        var count = 0;
        foreach (var (name, value) in members)
            Set(ref sorted, ref count, name, in value);
        Array.Resize(ref sorted, count);
        return sorted;
    }

    private static ContextAttribute[] Merged(IEnumerable<KeyValuePair<string, AttributeValue>> members)
    {
        var sorted = members.Select(member => new ContextAttribute(member.Key, member.Value)).OrderBy(attribute => attribute.Name, StringComparer.Ordinal).ToArray();
        var count = 0;
        foreach (var attribute in sorted)
        {
            // The order is stable: the last of a name overwrites those before it.
            if (count == 0 || !string.Equals(sorted[count - 1].Name, attribute.Name, StringComparison.Ordinal))
                count++;
            sorted[count - 1] = attribute;
        }

        Array.Resize(ref sorted, count);
        return sorted;
    }

    /// <summary>A copy with one attribute added or replaced.</summary>
    public static ContextAttribute[] With(ReadOnlySpan<ContextAttribute> attributes, string name, in AttributeValue value)
    {
        var index = Search(attributes, name);
        var place = index >= 0 ? index : ~index;
        var copy = new ContextAttribute[attributes.Length + (index >= 0 ? 0 : 1)];
        attributes[..place].CopyTo(copy);
        copy[place] = new(name, value);
        attributes[(index >= 0 ? place + 1 : place)..].CopyTo(copy.AsSpan(place + 1));
        return copy;
    }

    /// <summary>Adds or replaces one attribute in an array that is not shared yet and may have room left.</summary>
    public static void Set(ref ContextAttribute[] attributes, ref int count, string name, in AttributeValue value)
    {
        var index = Search(attributes.AsSpan(0, count), name);
        var place = index >= 0 ? index : ~index;
        if (index < 0)
        {
            if (count == attributes.Length)
                Array.Resize(ref attributes, Math.Max(FirstRoom, count * 2));
            attributes.AsSpan(place, count - place).CopyTo(attributes.AsSpan(place + 1));
            count++;
        }

        attributes[place] = new(name, value);
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
