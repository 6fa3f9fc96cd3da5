namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>A note on a method that a report used. Immutable.</summary>
/// <param name="Title">The subject, such as <c>Interval</c>.</param>
/// <param name="Text">Full sentences.</param>
public sealed record MethodNote(string Title, string Text);
