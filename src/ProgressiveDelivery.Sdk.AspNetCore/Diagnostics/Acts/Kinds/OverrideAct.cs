using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>Serves one variant of a flag to every context.</summary>
internal class OverrideAct : OperatorAct
{
    public override string Name => "override";

    public override bool IsOnFlag => true;

    public override bool Stands(ActSubject subject) => true;

    public override string Question(ActSubject subject) => $"Override {subject.FlagName}?";

    public override string Effect(ActSubject subject) =>
        $"Every user of this process gets “{SafeText.Cut(Variant(subject) ?? "")}” at once, whatever the rules say, until the override ends.";

    public override string Confirm(ActSubject subject) => $"Override {subject.FlagName} to {SafeText.Cut(Variant(subject) ?? "")}";

    public override string Refrain(ActSubject subject) => "Keep the rules";

    public override string? Obstacle(ActSubject subject)
    {
        if (subject.Flag is not { } flag)
            return $"Snapshot {ActSubject.Text(subject.InForce)} has no flag “{subject.FlagName}”.";
        return subject.Input.Variant is { } variant && flag.Variants.All(known => known.Name != variant)
            ? $"Flag “{subject.FlagName}” has no variant “{SafeText.Cut(variant)}”. Choose one that it has."
            : null;
    }

    public override IReadOnlyList<ActChoice> Choices(ActSubject subject) => Variant(subject) is null ? AllVariants(subject) : [];

    public override ActPreview Preview(ActSubject subject)
    {
        var lines = new List<string>();
        if (subject.Override is { } standing)
            lines.Add($"It replaces the override to “{SafeText.Cut(standing.Variant)}” by {SafeText.Cut(standing.By)}.");
        if (subject.Trips.FirstOrDefault() is { } trip)
            lines.Add($"It stands above guard “{SafeText.Cut(trip.Guard)}”, which tripped on “{SafeText.Cut(trip.Variant)}”.");
        if (subject.Flag!.Defect is { } defect)
            return new([$"Nothing changes until a snapshot brings a sound definition: the flag is quarantined. {SafeText.Cut(defect, 400)}"]);
        return new(lines, ContextMoves.To(subject.Page, subject.Flag.Key, Variant(subject)!));
    }

    public override Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act) => control.OverrideAsync(subject.Flag!.Key, Variant(subject)!, act);

    /// <summary>Returns the variant to serve; null if it is to be chosen.</summary>
    protected virtual string? Variant(ActSubject subject) => subject.Input.Variant;

    private static ActChoice[] AllVariants(ActSubject subject) =>
        [.. subject.Flag?.Variants.Select(variant => new ActChoice(null, variant.Name, variant.Value.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : variant.Value.GetRawText())) ?? []];
}
