namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The relative change of two estimates with standard errors, at a multiplier of the standard error. Immutable.</summary>
internal readonly record struct RelativeChange(double Control, double ControlError, double Treatment, double TreatmentError, double Multiplier)
{
    public double Estimate => (Treatment - Control) / Control;

    /// <summary>The squared half-width of the control's interval as a share of its value.</summary>
    public double G => Multiplier * ControlError / Control * (Multiplier * ControlError / Control);

    /// <summary>The standard error of the delta method (Deng, Knoblich, Lu 2018, section 3).</summary>
    public double DeltaError => Root(TreatmentError, ControlError * (Treatment / Control)) / Control;

    /// <summary>The reason why there is no relative change; null if there is one.</summary>
    public Fault? Fault =>
        Control <= 0 ? new(StatisticalStatus.Refused, StatisticalReasons.BaselineNotPositive)
        : G < 1 ? null
        : new(StatisticalStatus.Refused, StatisticalReasons.BaselineUnstable);

    /// <summary>Returns the interval of Fieller 1954, in the form that keeps the digits of a small change.</summary>
    public (double Low, double High) Fieller()
    {
        var g = G;
        var halfWidth = Multiplier / Control * Root(TreatmentError * Math.Sqrt(1 - g), ControlError * (Treatment / Control));
        return ((Estimate + g - halfWidth) / (1 - g), (Estimate + g + halfWidth) / (1 - g));
    }

    /// <summary>Returns the symmetric interval of the delta method.</summary>
    public (double Low, double High) Delta() => (Estimate - (Multiplier * DeltaError), Estimate + (Multiplier * DeltaError));

    /// <summary>Returns the change with Fieller's interval.</summary>
    public StatisticalResult<Uplift> ToUplift()
    {
        if (Fault is { } fault)
            return fault.As<Uplift>();
        var (low, high) = Fieller();
        return InputChecks.AreFinite([Estimate, low, high])
            ? StatisticalResult<Uplift>.Ok(new(Estimate, low, high))
            : Statistics.Fault.NotFinite.As<Uplift>();
    }

    private static double Root(double first, double second) => Math.Sqrt((first * first) + (second * second));
}
