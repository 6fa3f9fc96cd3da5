namespace ProgressiveDelivery.Sdk.AspNetCore;

/// <summary>Options of all gates of an application. Checked at start.</summary>
public sealed class GateOptions
{
    /// <summary>The response to a request that a gate refuses, unless the gate has one of its own. <see cref="GateResponse.NotFound"/> by default.</summary>
    public GateResponse Response { get; set; } = GateResponse.NotFound;
}
