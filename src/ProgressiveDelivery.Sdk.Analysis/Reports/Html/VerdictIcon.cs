using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Reports.Html;

/// <summary>Chooses the icons of verdicts, readings and checks.</summary>
internal static class VerdictIcon
{
    /// <summary>Returns the tone and the shape of a verdict.</summary>
    public static (string Tone, string Shape) Of(VerdictKind kind) => kind switch
    {
        VerdictKind.DoNotTrust => ("bad", "triangle"),
        VerdictKind.Stop => ("bad", "octagon"),
        VerdictKind.Ship => ("good", "check"),
        VerdictKind.NoVerdict or VerdictKind.NotEnoughData => ("none", "ring"),
        VerdictKind.NoDifferenceWorthHaving or VerdictKind.PlannedSizeReached => ("none", "equal"),
        _ => ("none", "clock"),
    };

    /// <summary>Returns the tone and the shape of a reading.</summary>
    public static (string Tone, string Shape) Of(EffectReading reading) => reading switch
    {
        EffectReading.Better or EffectReading.NotHarmed => ("good", "check"),
        EffectReading.Worse or EffectReading.Harmed => ("bad", "octagon"),
        EffectReading.TooEarly => ("none", "clock"),
        _ => ("none", "ring"),
    };

    /// <summary>Returns the tone and the shape of a check.</summary>
    public static (string Tone, string Shape) Of(TrafficState state) => state switch
    {
        TrafficState.Good => ("good", "check"),
        TrafficState.Warn => ("warn", "triangle"),
        _ => ("bad", "octagon"),
    };
}
