using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>
/// Kleene's three values, and two that end the flag: whatever they are a part of becomes the same. A rule applies only where its
/// condition is <see cref="True"/>.
/// </summary>
internal enum Truth : byte
{
    False = 0,
    True = 1,
    Unknown = 2,

    /// <summary>Somebody came to a part that is malformed.</summary>
    Error = 3,

    /// <summary>A unit is needed, and there is none.</summary>
    KeyMissing = 4,

    /// <summary>Somebody came to a flag or segment that is being asked already.</summary>
    Cycle = 5,
}

internal static class TruthExtensions
{
    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;

    /// <summary>Whether the flag ends here.</summary>
    public static bool IsAbort(this Truth value) => value >= Truth.Error;

    /// <summary>The reason of a flag that ends here.</summary>
    public static EvaluationReason ToReason(this Truth value) =>
        value == Truth.KeyMissing ? EvaluationReason.TargetingKeyMissing : EvaluationReason.Error;

    public static Truth ToTruth(this Judgement value) => value switch
    {
        Judgement.False => Truth.False,
        Judgement.True => Truth.True,
        _ => Truth.Unknown,
    };

    public static Truth Not(this Truth value) => value switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => value,
    };
}
