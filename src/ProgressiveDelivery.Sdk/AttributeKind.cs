namespace ProgressiveDelivery.Sdk;

/// <summary>The kind of an <see cref="AttributeValue"/>.</summary>
public enum AttributeKind : byte
{
    /// <summary>Nothing: the attribute is missing, or JSON <c>null</c>.</summary>
    Null = 0,

    /// <summary>Text, compared ordinally.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A floating-point number of 64 bits.</summary>
    Number,

    /// <summary>A point in time.</summary>
    Instant,

    /// <summary>An ordered list of values.</summary>
    List,

    /// <summary>Named values, as a JSON object.</summary>
    Object,
}
