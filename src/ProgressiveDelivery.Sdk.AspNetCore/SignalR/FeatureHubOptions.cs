using Microsoft.AspNetCore.SignalR;

namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Options of flags in the hubs of SignalR.</summary>
public sealed class FeatureHubOptions
{
    /// <summary>
    /// Makes the reader of the context of each invocation. Null, the default, for one that reads the claims of the connection's user. The reader must not keep the request of the connection, which
    /// may end before the invocation does.
    /// </summary>
    public Func<HubCallerContext, ContextReader>? ReadContext { get; set; }
}
