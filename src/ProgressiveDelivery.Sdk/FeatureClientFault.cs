namespace ProgressiveDelivery.Sdk;

/// <summary>The fault that kept a client's rules from being confirmed current.</summary>
public sealed record FeatureClientFault
{
    /// <summary>Sets the required members.</summary>
    /// <param name="kind">The <see cref="Kind"/>.</param>
    /// <param name="message">The <see cref="Message"/>.</param>
    /// <param name="at">The <see cref="At"/>.</param>
    /// <param name="httpStatus">The <see cref="HttpStatus"/>.</param>
    public FeatureClientFault(FeatureClientFaultKind kind, string message, DateTimeOffset at, int? httpStatus = null) =>
        (Kind, Message, At, HttpStatus) = (kind, message, at, httpStatus);

    /// <summary>The kind of fault.</summary>
    public FeatureClientFaultKind Kind { get; init; }

    /// <summary>A sentence: what failed, how, what to do. Holds no secrets.</summary>
    public string Message { get; init; }

    /// <summary>The time at which it was last seen.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The HTTP status code, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>
    /// Indicates whether people must act, since retries alone are not expected to help: access denied, an unknown address, a missing file, a malformed
    /// snapshot, an untrusted certificate. The client still retries, but a start does not wait for it.
    /// </summary>
    public bool NeedsAction { get; init; }
}

/// <summary>The kind of fault that keeps rules from being confirmed.</summary>
public enum FeatureClientFaultKind
{
    /// <summary>The source could not be reached or read; retried with back-off.</summary>
    Unreachable,

    /// <summary>The source denies access (401, 403) or does not know the address (404); retried slowly.</summary>
    AccessDenied,

    /// <summary>The source sent a snapshot that was not accepted; the diagnostics were logged.</summary>
    InvalidSnapshot,

    /// <summary>The snapshot in force has expired.</summary>
    Expired,

    /// <summary>No attempt failed, and none has confirmed the rules within <c>MaxStaleness</c>: one hangs.</summary>
    Unconfirmed,
}
