namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>A line of an event file that did not become an event. Immutable.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Line">The number of the line; the first one is 1. Empty lines have numbers too.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">The reason, in a sentence.</param>
/// <param name="Excerpt">The first characters of the line. They may name a unit.</param>
public sealed record EventFault(string File, long Line, EventFaultRule Rule, string Reason, string Excerpt);
