using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Ends a hold.</summary>
internal sealed class ReleaseAct : OperatorAct
{
    public override string Name => "release";

    public override string Question(ActSubject subject) => "Release the hold?";

    public override string Effect(ActSubject subject) => subject.Newest == subject.InForce
        ? $"This process stays at **{ActSubject.Text(subject.InForce)}**, and follows the source again."
        : $"This process goes from **{ActSubject.Text(subject.InForce)}** to **{ActSubject.Text(subject.Newest)}** at once, and follows the source again.";

    public override string Confirm(ActSubject subject) => $"Release to {ActSubject.Text(subject.Newest)}";

    public override string Refrain(ActSubject subject) => "Keep holding";

    public override string? Obstacle(ActSubject subject) => subject.State.Hold is null ? "No snapshot is held: the source is followed already." : null;

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.Newest);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.ReleaseAsync(act);
}
