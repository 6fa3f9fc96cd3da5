using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Puts the next newer snapshot in force: holds it, or follows the source again if it is the newest.</summary>
internal sealed class StepForwardAct : OperatorAct
{
    public override string Name => "step-forward";

    public override bool Stands(ActSubject subject) => subject.Newer != subject.Newest;

    public override string Question(ActSubject subject) => subject.Newer is { } newer ? $"Step forward to {ActSubject.Text(newer)}?" : "Step forward?";

    public override string Effect(ActSubject subject)
    {
        var end = Stands(subject) ? "stays there until the hold ends" : "follows the source again";
        return $"This process goes from **{ActSubject.Text(subject.InForce)}** to **{ActSubject.Text(subject.Newer)}** at once, and {end}.";
    }

    public override string Confirm(ActSubject subject) => $"Step forward to {ActSubject.Text(subject.Newer)}";

    public override string Refrain(ActSubject subject) => $"Stay at {ActSubject.Text(subject.InForce)}";

    public override string? Obstacle(ActSubject subject) => subject.Newer is null ? "No newer snapshot has been accepted." : null;

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.Newer);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.StepForwardAsync(act);
}
