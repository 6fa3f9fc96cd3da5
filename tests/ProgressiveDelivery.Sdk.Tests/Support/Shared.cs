namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>Values that hold the same value twice, again and again: small in memory, and without end when they are written out.</summary>
internal static class Shared
{
    /// <summary>A list of a list twice, of a list twice, and so on.</summary>
    public static AttributeValue List(int doublings, AttributeValue leaf)
    {
        var value = AttributeValue.List(leaf);
        for (var i = 0; i < doublings; i++)
            value = AttributeValue.List(value, value);
        return value;
    }

    /// <summary>An object that has an object under two names, which has an object under two names, and so on.</summary>
    public static AttributeValue Object(int doublings, AttributeValue leaf)
    {
        var value = leaf;
        for (var i = 0; i < doublings; i++)
            value = AttributeValue.Object([new("a", value), new("b", value)]);
        return value;
    }

    /// <summary>A list in a list in a list.</summary>
    public static AttributeValue Nested(int levels, AttributeValue leaf)
    {
        var value = leaf;
        for (var i = 0; i < levels; i++)
            value = AttributeValue.List(value);
        return value;
    }
}
