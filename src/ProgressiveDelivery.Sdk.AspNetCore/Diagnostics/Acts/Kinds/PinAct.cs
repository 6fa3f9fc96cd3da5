using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Puts a snapshot of the history in force, and holds it.</summary>
internal sealed class PinAct : OperatorAct
{
    public override string Name => "pin";

    public override bool Stands(ActSubject subject) => true;

    public override string Question(ActSubject subject) => subject.Version is { } version ? $"Pin {ActSubject.Text(version)}?" : "Pin which snapshot?";

    public override string Effect(ActSubject subject) => subject.Version == subject.InForce
        ? $"This process stays at **{ActSubject.Text(subject.InForce)}** until the hold ends. Newer snapshots are accepted, and wait."
        : $"This process goes from **{ActSubject.Text(subject.InForce)}** to **{ActSubject.Text(subject.Version)}** at once, and stays there until the hold ends.";

    public override string Confirm(ActSubject subject) => $"Pin {ActSubject.Text(subject.Version)}";

    public override string Refrain(ActSubject subject) => subject.State.Hold is null ? "Keep following the source" : $"Stay at {ActSubject.Text(subject.InForce)}";

    public override string? Obstacle(ActSubject subject)
    {
        if (subject.InForce == 0)
            return "No rules are in force yet, so there is nothing to pin.";
        if (subject.Input.Version is not { } text)
            return null;
        if (subject.Version is not { } version)
            return $"“{SafeText.Cut(text, 40)}” is not a version. Choose one of the history.";
        return subject.IsInHistory(version) ? null : $"The history has no snapshot {ActSubject.Text(version)}. Choose one that it has.";
    }

    public override IReadOnlyList<ActChoice> Choices(ActSubject subject) => subject.Version is not null
        ? []
        : [.. subject.History.Select(snapshot => new ActChoice(ActSubject.Text(snapshot.Version), null, Note(subject, snapshot)))];

    public override ActPreview Preview(ActSubject subject) => ActPreview.Of(subject, subject.Version);

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.PinAsync(subject.Version!.Value, act);

    private static string Note(ActSubject subject, AcceptedSnapshot snapshot) =>
        $"accepted {Times.Text(snapshot.AcceptedAt, subject.Page.Now)}" + (snapshot.Version == subject.InForce ? ", in force" : "");
}
