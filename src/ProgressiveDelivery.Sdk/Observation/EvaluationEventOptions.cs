namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The choice of evaluations that are logged as events, and of what an event holds.</summary>
public sealed class EvaluationEventOptions
{
    /// <summary>
    /// The keys of the flags whose evaluations are logged; empty for all, the default. A key that ends with <c>*</c> stands for every key with that beginning.
    /// </summary>
    public ISet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// The share of evaluations that are logged, above 0 and at most 1, the default. The convention expects every evaluation; a service with many of them
    /// logs a sample, chosen at random for each evaluation.
    /// </summary>
    public double SampleRate { get; set; } = 1;

    /// <summary>Indicates whether the value is logged beside the variant; false by default, since a value may be long or secret.</summary>
    public bool IncludeValue { get; set; }

    /// <summary>Indicates whether the targeting key of the context is logged; false by default, since it names a person. A private one never is.</summary>
    public bool IncludeContextId { get; set; }

    /// <summary>
    /// Indicates whether the variant is also noted on <c>Activity.Current</c>, as tag <c>feature_flag.{key}</c>, so that traces can be searched by it; false by
    /// default. Sampling does not apply to it.
    /// </summary>
    public bool TagActivity { get; set; }
}
