namespace ProgressiveDelivery.Sdk.Tests.Fuzz;

/// <summary>A part of an input that means something, as far as that can be told.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct InputToken(Range Place, InputTokenKind Kind);
