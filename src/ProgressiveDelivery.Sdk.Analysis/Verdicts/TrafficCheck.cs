namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>A check of the traffic. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="Title">The result in a few words, such as <c>Split as planned</c>.</param>
/// <param name="Text">The figures and the threshold, in sentences.</param>
public sealed record TrafficCheck(TrafficState State, string Title, string Text);
