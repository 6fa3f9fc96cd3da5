namespace ProgressiveDelivery.Sdk.Control;

/// <summary>The response of a guard that found its variant bad.</summary>
public enum GuardResponse
{
    /// <summary>Serves another variant to everybody, with reason <see cref="EvaluationReason.Guarded"/>.</summary>
    Revert = 0,

    /// <summary>Keeps the ramps of the flag at their present percentage.</summary>
    Pause,

    /// <summary>Logs, counts and announces it, and changes no answer.</summary>
    Warn,
}
