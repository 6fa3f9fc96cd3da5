namespace ProgressiveDelivery.Sdk;

/// <summary>The effect of the code that a call runs, which decides if control may run after the treatment has failed.</summary>
public enum ExecutionKind
{
    /// <summary>It reads, and changes nothing.</summary>
    Read = 0,

    /// <summary>It writes. A treatment that failed may have written already, so control must not write again.</summary>
    Write,

    /// <summary>It writes, and control after a treatment that wrote, in whole or in part, leaves the same as control alone.</summary>
    IdempotentWrite,
}
