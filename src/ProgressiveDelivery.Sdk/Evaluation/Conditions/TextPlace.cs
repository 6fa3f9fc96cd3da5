namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Where in a text another one is looked for.</summary>
internal enum TextPlace : byte
{
    Anywhere,
    Start,
    End,
}
