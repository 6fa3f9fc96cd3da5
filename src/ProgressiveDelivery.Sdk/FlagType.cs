namespace ProgressiveDelivery.Sdk;

/// <summary>The type of a flag's variants.</summary>
public enum FlagType : byte
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of 64 bits; it also answers a request for a number.</summary>
    Integer,

    /// <summary>A floating-point number of 64 bits.</summary>
    Number,

    /// <summary>Any JSON value, read as a type of yours.</summary>
    Json,
}
