namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Names how one treatment stands, in the order in which the rules look.</summary>
internal enum Standing
{
    /// <summary>Its primary metric has no value, and more data does not help.</summary>
    Refused,

    /// <summary>It harms the primary metric or a guardrail.</summary>
    Harmful,

    /// <summary>Its primary metric has too little data.</summary>
    TooEarly,

    /// <summary>It is better, and harms no guardrail.</summary>
    Shippable,

    /// <summary>It is better, and harm to a guardrail is not ruled out.</summary>
    BetterButUnclear,

    /// <summary>Every difference that is worth having is ruled out.</summary>
    NoDifference,

    /// <summary>Its planned size is reached, and nothing is clear.</summary>
    SizeReached,

    /// <summary>Nothing is clear yet.</summary>
    Unclear,
}
