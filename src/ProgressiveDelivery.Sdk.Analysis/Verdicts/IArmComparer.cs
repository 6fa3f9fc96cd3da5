namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>Compares arms by the methods of one mode.</summary>
internal interface IArmComparer
{
    /// <summary>Compares two arms, two-sided.</summary>
    /// <param name="control">The arm that is compared with.</param>
    /// <param name="treatment">The arm that is compared.</param>
    /// <param name="alpha">The accepted chance of a false difference.</param>
    Comparison Compare(Arm control, Arm treatment, double alpha);

    /// <summary>Compares two arms of a guardrail: what is harmful is one-sided.</summary>
    /// <param name="metric">The guardrail.</param>
    /// <param name="control">The arm that is compared with.</param>
    /// <param name="treatment">The arm that is compared.</param>
    /// <param name="alpha">The accepted chance of a false reading.</param>
    (Comparison Comparison, EffectReading Reading) Guard(Metric metric, Arm control, Arm treatment, double alpha);
}
