namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The ends of the exact interval of a proportion that holds however often one looks (Robbins 1970; Lindon and Malek 2022). The counts and alpha are valid.</summary>
internal static class ProportionBounds
{
    /// <summary>Returns the ends for one proportion; 0 and 1 without units.</summary>
    public static (double Low, double High) One(long units, long events, double alpha) => Interval(units, events, -Math.Log(alpha));

    /// <summary>Returns the ends for a difference, treatment less control: each at half of alpha.</summary>
    public static (double Low, double High) Difference(long controlUnits, long controlEvents, long treatmentUnits, long treatmentEvents, double alpha)
    {
        var threshold = Math.Log(2) - Math.Log(alpha);
        var (control, treatment) = (Interval(controlUnits, controlEvents, threshold), Interval(treatmentUnits, treatmentEvents, threshold));
        return (treatment.Low - control.High, treatment.High - control.Low);
    }

    // The evidence is convex in the proportion, with its minimum at the share of events.
    private static (double Low, double High) Interval(long units, long events, double threshold)
    {
        var evidence = new ProportionEvidence(units, events);
        var share = units == 0 ? 0 : (double)events / units;
        return (
            events == 0 ? 0 : Bisect(evidence, threshold, outside: 0, inside: share),
            events == units ? 1 : Bisect(evidence, threshold, outside: 1, inside: share));
    }

    private static double Bisect(ProportionEvidence evidence, double threshold, double outside, double inside)
    {
        while (true)
        {
            var middle = inside + ((outside - inside) / 2);
            if (middle == inside || middle == outside)
                return inside;
            if (evidence.LogAgainst(middle) < threshold)
                inside = middle;
            else
                outside = middle;
        }
    }
}
