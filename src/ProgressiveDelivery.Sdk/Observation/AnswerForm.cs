namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The form of an answer.</summary>
internal enum AnswerForm
{
    /// <summary>The value of the variant, or the on/off state of a flag that also has variants.</summary>
    Value,

    /// <summary>The variant, with its name.</summary>
    Variant,

    /// <summary>The caller's fallback.</summary>
    Fallback,
}
