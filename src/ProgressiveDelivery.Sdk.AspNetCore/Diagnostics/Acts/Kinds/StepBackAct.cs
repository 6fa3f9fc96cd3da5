using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Puts the next older snapshot in force, and holds it.</summary>
internal sealed class StepBackAct : OperatorAct
{
    public override string Name => "step-back";

    public override bool Stands(ActSubject subject) => true;

    public override string Question(ActSubject subject) => subject.Older is { } older ? $"Step back to {ActSubject.Text(older)}?" : "Step back?";

    public override string Effect(ActSubject subject) =>
        $"This process goes from **{ActSubject.Text(subject.InForce)}** to **{ActSubject.Text(subject.Older)}** at once, and stays there until the hold ends.";

    public override string Confirm(ActSubject subject) => $"Step back to {ActSubject.Text(subject.Older)}";

    public override string Refrain(ActSubject subject) => $"Stay at {ActSubject.Text(subject.InForce)}";

    public override string? Obstacle(ActSubject subject) =>
        subject.Older is null ? "The history has no older snapshot. Override the harmful flags, or publish a snapshot that corrects them." : null;

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.Older);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.StepBackAsync(act);
}
