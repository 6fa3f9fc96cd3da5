namespace ProgressiveDelivery.Sdk.AspNetCore.Ofrep;

/// <summary>The reasons of OpenFeature.</summary>
internal static class OfrepReason
{
    private static readonly string[] Names = Enum.GetNames<EvaluationReason>();

    /// <summary>Returns the reason of OpenFeature that is nearest to a reason.</summary>
    /// <param name="reason">The reason; none of those that end with an error code.</param>
    /// <param name="flag">The flag, as its rules stand.</param>
    /// <param name="variant">The variant served; null for the caller's default.</param>
    public static string Of(EvaluationReason reason, FlagInfo flag, string? variant) => reason switch
    {
        EvaluationReason.Off or EvaluationReason.Killed => "DISABLED",
        EvaluationReason.Split or EvaluationReason.Holdout => "SPLIT",
        EvaluationReason.RuleMatch => "TARGETING_MATCH",
        EvaluationReason.PrerequisiteFailed => "DEFAULT",
        EvaluationReason.Default => variant is not null && flag.IsConstant ? "STATIC" : "DEFAULT",
        // An operator's override serves all; one of a tester serves one request.
        EvaluationReason.Override => flag.Overlay == EvaluationReason.Override ? "STATIC" : "TARGETING_MATCH",
        _ => "UNKNOWN",
    };

    /// <summary>Returns the name of a reason of ours.</summary>
    public static string NameOf(EvaluationReason reason) => (int)reason < Names.Length ? Names[(int)reason] : "Unknown";
}
