namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>What can stand where a token stands without breaking the form.</summary>
internal enum InputTokenKind
{
    /// <summary>A member's name.</summary>
    Name,

    /// <summary>A value: a text, a number, a word, an object, a list.</summary>
    Value,

    /// <summary>A line of an event stream.</summary>
    Line,
}
