namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>The part of a text that is searched for another text.</summary>
internal enum TextPlace : byte
{
    Anywhere,
    Start,
    End,

    /// <summary>The whole text.</summary>
    Whole,

    /// <summary>An item of a list, as a whole.</summary>
    Item,
}
