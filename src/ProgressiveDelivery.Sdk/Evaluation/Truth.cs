using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Kleene's three values, and values that end the flag and everything that contains them. A rule applies only if its condition is <see cref="True"/>.
/// </summary>
internal enum Truth : byte
{
    False = 0,
    True = 1,
    Unknown = 2,

    /// <summary>A malformed part was evaluated.</summary>
    Error = 3,

    /// <summary>A unit is required, and the context has none.</summary>
    KeyMissing = 4,

    /// <summary>A flag or segment was evaluated inside its own evaluation.</summary>
    Cycle = 5,
}

internal static class TruthExtensions
{
    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;

    /// <summary>Returns whether the flag ends here.</summary>
    public static bool IsAbort(this Truth value) => value >= Truth.Error;

    /// <summary>Returns the reason of a flag that ends here.</summary>
    public static EvaluationReason ToReason(this Truth value) =>
        value == Truth.KeyMissing ? EvaluationReason.TargetingKeyMissing : EvaluationReason.Error;

    public static Truth ToTruth(this Judgment value) => value switch
    {
        Judgment.False => Truth.False,
        Judgment.True => Truth.True,
        _ => Truth.Unknown,
    };

    public static Truth Not(this Truth value) => value switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => value,
    };
}
