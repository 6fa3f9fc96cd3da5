using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Accepts the current document of the source once, whatever its version.</summary>
internal sealed class AcceptCurrentAct : OperatorAct
{
    public override string Name => "accept-current";

    public override string Question(ActSubject subject) => "Accept the current document?";

    public override string Effect(ActSubject subject) =>
        "This process asks its source at once and accepts the document that it has, whatever its version. Signature, expiry and assertions are checked as always.";

    public override string Confirm(ActSubject subject) => "Accept the current document";

    public override string Refrain(ActSubject subject) => subject.InForce == 0 ? "Wait for the source" : $"Stay at {ActSubject.Text(subject.InForce)}";

    public override ActPreview Preview(ActSubject subject) => new(
    [
        "What the document changes is not known before it is read.",
        subject.State.Hold is null ? "It comes into force when it has been read; the source has an hour to send it." : "It waits while a snapshot is held; the source has an hour to send it.",
        "Kills with a version far above the document's end.",
    ]);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.AcceptCurrentAsync(act);
}
