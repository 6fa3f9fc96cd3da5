namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;

/// <summary>
/// Serves the off variant of a flag, or a chosen one, to every context until that is removed. It is an override without an end that survives a restart: a kill comes from the
/// backend only.
/// </summary>
internal sealed class KillAct : OverrideAct
{
    public override string Name => "kill";

    public override bool SurvivesByDefault => true;

    public override bool HasEnd(ActSubject subject) => false;

    public override string Question(ActSubject subject) => $"Kill {subject.FlagName}?";

    public override string Effect(ActSubject subject) =>
        $"Every user of this process gets “{SafeText.Cut(Variant(subject) ?? "")}” at once, whatever the rules say, until the override is removed. It has no end of its own.";

    public override string Confirm(ActSubject subject) => $"Kill {subject.FlagName}";

    public override string Refrain(ActSubject subject) => $"Keep {subject.FlagName}";

    protected override string? Variant(ActSubject subject) => subject.Input.Variant ?? subject.Flag?.OffVariant;
}
