using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Removes the override of a flag.</summary>
internal sealed class RemoveOverrideAct : OperatorAct
{
    public override string Name => "remove-override";

    public override bool IsOnFlag => true;

    public override string Question(ActSubject subject) => $"Remove the override of {subject.FlagName}?";

    public override string Effect(ActSubject subject) =>
        $"The rules of {subject.FlagName} decide again in this process, at once. So far every user gets “{SafeText.Cut(subject.Override?.Variant ?? "")}”.";

    public override string Confirm(ActSubject subject) => "Remove the override";

    public override string Refrain(ActSubject subject) => "Keep the override";

    public override string? Obstacle(ActSubject subject) => subject.Override is null ? $"Flag “{subject.FlagName}” is not overridden." : null;

    public override ActPreview Preview(ActSubject subject) => new(subject.Flag is null
        ? [$"No answer changes now: snapshot {ActSubject.Text(subject.InForce)} does not have the flag."]
        : ["Each user gets what the rules serve. That cannot be counted while the override is in force."]);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.RemoveOverrideAsync(subject.Input.Flag!, act);
}
