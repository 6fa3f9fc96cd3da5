namespace ProgressiveDelivery.Sdk;

/// <summary>
/// The bounds of values that are written out. A value holds its size and depth, so the check is O(1), also for lists that share their items.
/// </summary>
/// <param name="MaxSize">The maximum length of the value as text, in characters, about.</param>
/// <param name="MaxDepth">The maximum number of lists and objects inside one another.</param>
internal readonly record struct AttributeBounds(long MaxSize, int MaxDepth)
{
    /// <summary>The bounds of one attribute of an event.</summary>
    public static AttributeBounds OfEvents { get; } = new(256 * 1024, 64);

    /// <summary>The bounds of one value of a document: no reader takes a deeper one, and none a larger one by default.</summary>
    public static AttributeBounds OfDocuments { get; } = new(64 * 1024 * 1024, 250);

    /// <summary>Returns whether a value is within the bounds.</summary>
    public bool Hold(in AttributeValue value) => value.Size <= MaxSize && value.Depth <= MaxDepth;

    /// <summary>Returns attributes with null in place of each value beyond the bounds; the same ones if there is none.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Within(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        if (attributes.Count == 0)
            return attributes;
        foreach (var (_, value) in attributes)
        {
            if (!Hold(in value))
                return Copied(attributes);
        }

        return attributes;
    }

    private Dictionary<string, AttributeValue> Copied(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        var copy = new Dictionary<string, AttributeValue>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
            copy[name] = Hold(in value) ? value : default;
        return copy;
    }
}
