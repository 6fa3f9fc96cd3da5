using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Ends the trips and the pauses of a flag, and begins its evidence anew.</summary>
internal sealed class ResetGuardsAct : OperatorAct
{
    public override string Name => "reset-guards";

    public override bool IsOnFlag => true;

    public override string Question(ActSubject subject) => subject.Trips.Any() || !subject.Ramps.Any() ? "Clear the guard?" : "Begin the ramp anew?";

    public override string Effect(ActSubject subject) => $"The rules of {subject.FlagName} decide again in this process, at once. The evidence of its guards and the gates of its ramps begin anew.";

    public override string Confirm(ActSubject subject) => $"Clear the guards of {subject.FlagName}";

    public override string Refrain(ActSubject subject) => "Keep the guard";

    public override string? Obstacle(ActSubject subject) => subject.Trips.Any() || subject.Ramps.Any()
        ? null
        : $"No guard of flag “{subject.FlagName}” has tripped, and none of its ramps has passed a gate or is paused.";

    public override ActPreview Preview(ActSubject subject) => new(
    [
        .. subject.Trips.Select(trip => trip.Served is { } served
            ? $"Users get “{SafeText.Cut(trip.Variant)}” again, where the rules serve it, instead of “{SafeText.Cut(served)}”. Guard “{SafeText.Cut(trip.Guard)}”: {SafeText.Cut(trip.Evidence)}"
            : $"The trip of guard “{SafeText.Cut(trip.Guard)}” ends: {SafeText.Cut(trip.Evidence)}"),
        .. subject.Ramps.Select(ramp =>
            $"The ramp of {(ramp.Rule is { } rule ? $"rule “{SafeText.Cut(rule)}”" : "the default")} begins its gates anew; it is at {ramp.Reached.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}\u00A0%{(ramp.IsPaused ? ", paused" : "")} now."),
    ]);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.ResetGuardsAsync(subject.Input.Flag!, act);
}
