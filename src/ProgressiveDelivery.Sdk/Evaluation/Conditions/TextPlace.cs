namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Where in a text another one is looked for.</summary>
internal enum TextPlace : byte
{
    Anywhere,
    Start,
    End,

    /// <summary>All of it.</summary>
    Whole,

    /// <summary>An item of a list, all of it.</summary>
    Item,
}
