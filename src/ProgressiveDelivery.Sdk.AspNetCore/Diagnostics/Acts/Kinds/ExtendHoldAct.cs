using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Gives a hold another end: holds the snapshot in force anew.</summary>
internal sealed class ExtendHoldAct : OperatorAct
{
    public override string Name => "extend-hold";

    public override bool Stands(ActSubject subject) => true;

    public override string Question(ActSubject subject) => "Extend the hold?";

    public override string Effect(ActSubject subject) => subject.State.Hold is { ExpiresAt: { } end } hold
        ? $"This process stays at **{ActSubject.Text(hold.Version)}** until the new end, counted from now, instead of {Times.Text(end, subject.Page.Now)}."
        : $"This process stays at **{ActSubject.Text(subject.InForce)}** until the new end, counted from now. So far the hold has no end.";

    public override string Confirm(ActSubject subject) => $"Extend the hold of {ActSubject.Text(subject.InForce)}";

    public override string Refrain(ActSubject subject) => "Keep its end";

    public override string? Obstacle(ActSubject subject) => subject.State.Hold is { IsAdoption: false } ? null : "No snapshot is held, so there is no hold to extend. Hold one first.";

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.InForce);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.HoldAsync(act);
}
