namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The count of one answer of a flag.</summary>
public readonly record struct VariantUsage
{
    /// <summary>Sets the required members.</summary>
    /// <param name="variant">The <see cref="Variant"/>.</param>
    /// <param name="value">The <see cref="Value"/>.</param>
    /// <param name="isEnabled">The <see cref="IsEnabled"/>.</param>
    /// <param name="count">The <see cref="Count"/>.</param>
    public VariantUsage(string? variant, string? value, bool? isEnabled, long count) =>
        (Variant, Value, IsEnabled, Count) = (variant, value, isEnabled, count);

    /// <summary>
    /// The variant's name, as evaluations show it. Null if the caller got the fallback: the flag served no variant, or one whose value is not
    /// of the requested type. Null also if only <c>IsEnabled</c> was read of a flag that also has variants.
    /// </summary>
    public string? Variant { get; init; }

    /// <summary>
    /// The variant's value, or the fallback, as JSON. Null if the variant has none, or the fallback is an object, a text of more than 256
    /// characters, or one of more than 1,000 that callers give.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>
    /// The on/off state of the flag: the variant's, or the answer where that is a boolean, the fallback included; null if neither gives one.
    /// </summary>
    public bool? IsEnabled { get; init; }

    /// <summary>The count; at least 1.</summary>
    public long Count { get; init; }
}
