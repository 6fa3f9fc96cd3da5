namespace ProgressiveDelivery.Sdk;

/// <summary>Why a client's rules could not be confirmed current.</summary>
/// <param name="Kind">What kind of fault it is.</param>
/// <param name="Message">A sentence: what failed, how, what to do. Holds no secrets.</param>
/// <param name="At">When it was last seen.</param>
/// <param name="HttpStatus">The HTTP status code, where there was one.</param>
public sealed record FeatureClientFault(FeatureClientFaultKind Kind, string Message, DateTimeOffset At, int? HttpStatus = null);

/// <summary>What kind of fault keeps rules from being confirmed.</summary>
public enum FeatureClientFaultKind
{
    /// <summary>The source could not be reached or read; retried with back-off.</summary>
    Unreachable,

    /// <summary>The source refuses the credentials (401, 403) or does not know the address (404); retried slowly.</summary>
    Refused,

    /// <summary>The source sent a snapshot that was not accepted; the diagnostics were logged.</summary>
    InvalidSnapshot,

    /// <summary>The snapshot in force has expired.</summary>
    Expired,

    /// <summary>No attempt failed, and none has confirmed the rules within <c>MaxStaleness</c>: one hangs.</summary>
    Unconfirmed,
}
