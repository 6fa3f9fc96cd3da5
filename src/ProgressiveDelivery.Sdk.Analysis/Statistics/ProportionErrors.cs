namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The standard errors of a difference of proportions, times the root of the control's units: pooled, as the test sees it without an effect, and separate, with the
/// effect (Fleiss, Levin, Paik 2003, chapter 4). Immutable.
/// </summary>
internal readonly record struct ProportionErrors(double Pooled, double Separate)
{
    public static ProportionErrors Of(double baseline, double effect, double allocation)
    {
        var treatment = baseline + effect;
        var pooled = (baseline + (allocation * treatment)) / (1 + allocation);
        return new(
            Math.Sqrt((1 + (1 / allocation)) * pooled * (1 - pooled)),
            Math.Sqrt((baseline * (1 - baseline)) + (treatment * (1 - treatment) / allocation)));
    }
}
