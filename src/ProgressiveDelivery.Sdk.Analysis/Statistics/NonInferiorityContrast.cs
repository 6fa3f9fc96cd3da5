namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The distance of a treatment to the margin, as a linear contrast of treatment and control. Immutable.</summary>
internal readonly struct NonInferiorityContrast
{
    private readonly bool _increaseIsGood;
    private readonly double _absolute;

    public NonInferiorityContrast(MetricDirection direction, NonInferiorityMargin margin)
    {
        _increaseIsGood = direction == MetricDirection.IncreaseIsGood;
        _absolute = margin.Absolute ?? 0;
        ControlFactor = _increaseIsGood ? 1 - (margin.Relative ?? 0) : 1 + (margin.Relative ?? 0);
    }

    /// <summary>The factor of the control's mean.</summary>
    public double ControlFactor { get; }

    public static Fault? Check(MetricDirection direction, NonInferiorityMargin margin, double controlMean)
    {
        var value = margin.Absolute ?? margin.Relative;
        if (margin.Absolute.HasValue == margin.Relative.HasValue || !(value >= 0) || value > double.MaxValue || margin.Relative >= 1 || !Enum.IsDefined(direction))
            return Fault.BadArgument;
        return margin.Relative.HasValue && controlMean <= 0 ? new(StatisticalStatus.Refused, StatisticalReasons.BaselineNotPositive) : null;
    }

    public double Of(double control, double treatment) =>
        _increaseIsGood ? treatment - (ControlFactor * control) + _absolute : (ControlFactor * control) - treatment + _absolute;
}
