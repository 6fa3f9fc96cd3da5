namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The checks of confidence sequences, in their order (statistics.md, sections 0 and 11).</summary>
internal static class SequenceChecks
{
    public static Fault? Arms(ArmEstimate control, ArmEstimate treatment, SequenceSettings settings) =>
        InputChecks.Units(settings.Alpha, [control.Units, treatment.Units])
        ?? InputChecks.Numbers([control.Value, treatment.Value], [control.StandardError, treatment.StandardError])
        ?? Settings(settings)
        ?? Start(settings, control, treatment);

    public static Fault? Settings(SequenceSettings settings) =>
        settings.Intended >= 1 && settings.StartAt >= 0 && double.IsFinite(settings.Null) && Enum.IsDefined(settings.Side)
        && (settings.Side == SequenceSide.TwoSided || settings.Alpha < 0.5)
            ? null
            : Fault.BadArgument;

    /// <summary>Checks that every arm is large enough, and so are its minorities where they are known.</summary>
    public static Fault? Start(SequenceSettings settings, params ReadOnlySpan<ArmEstimate> arms)
    {
        var fault = (Fault?)null;
        foreach (var arm in arms)
        {
            if (arm.Minority < 0 || arm.Minority > arm.Units)
                return Fault.BadArgument;
            if (arm.Units < settings.StartAt || arm.Minority < ConfidenceSequence.MinMinority)
                fault = new(StatisticalStatus.Insufficient, StatisticalReasons.BurnIn);
        }

        return fault;
    }
}
