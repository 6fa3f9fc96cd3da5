using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Audit;

/// <summary>The acts in words.</summary>
internal static class ActWords
{
    public static string Of(ControlActKind kind) => kind switch
    {
        ControlActKind.Hold => "Hold",
        ControlActKind.Release => "Release",
        ControlActKind.StepBack => "Step back",
        ControlActKind.StepForward => "Step forward",
        ControlActKind.Pin => "Pin",
        ControlActKind.Override => "Override",
        ControlActKind.RemoveOverride => "Remove override",
        ControlActKind.HoldExpired => "Hold expired",
        ControlActKind.OverrideExpired => "Override expired",
        ControlActKind.HoldRestored => "Hold restored",
        ControlActKind.OverrideRestored => "Override restored",
        ControlActKind.AcceptCurrent => "Accept current",
        ControlActKind.ForceVariant => "Force variant",
        ControlActKind.GuardTripped => "Guard tripped",
        ControlActKind.GuardRestored => "Guard trip restored",
        ControlActKind.ProbeBegun => "Probe begun",
        ControlActKind.ProbeEnded => "Probe ended",
        ControlActKind.GuardClosed => "Guard trip ended",
        ControlActKind.ResetGuards => "Clear guards",
        ControlActKind.StepReached => "Ramp step reached",
        ControlActKind.RampPaused => "Ramp stopped",
        _ => kind.ToString(),
    };
}
