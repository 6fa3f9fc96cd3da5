namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The forms in which a variant's value can be read; none if the variant has no value.</summary>
[Flags]
internal enum ValueForms : byte
{
    None = 0,
    Boolean = 1,
    String = 2,
    Integer = 4,
    Number = 8,
    Json = 16,

    /// <summary>The value has no type of its own, and is read as the requested type.</summary>
    Untyped = 32,
}
