using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Holds the snapshot in force.</summary>
internal sealed class HoldAct : OperatorAct
{
    public override string Name => "hold";

    public override bool Stands(ActSubject subject) => true;

    public override string Question(ActSubject subject) => $"Hold {ActSubject.Text(subject.InForce)}?";

    public override string Effect(ActSubject subject) => $"This process stays at **{ActSubject.Text(subject.InForce)}** until the hold ends. Newer snapshots are accepted, and wait.";

    public override string Confirm(ActSubject subject) => $"Hold {ActSubject.Text(subject.InForce)}";

    public override string Refrain(ActSubject subject) => "Keep following the source";

    public override string? Obstacle(ActSubject subject) =>
        subject.InForce == 0 ? "No rules are in force yet, so there is nothing to hold."
        : subject.State.Hold is { IsAdoption: false } hold ? $"Snapshot {ActSubject.Text(hold.Version)} is held already. Extend the hold, or release it."
        : null;

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.InForce);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.HoldAsync(act);
}
