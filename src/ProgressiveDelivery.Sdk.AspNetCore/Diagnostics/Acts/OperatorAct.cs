using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>One kind of act: its words, what it will change, and how it is done. Stateless; safe to use from any thread.</summary>
internal abstract class OperatorAct
{
    /// <summary>The name in links and forms, such as <c>hold</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Indicates whether the act is about a flag: then it needs a known one.</summary>
    public virtual bool IsOnFlag => false;

    /// <summary>Indicates whether the operator chooses when the act ends, and whether it survives a restart.</summary>
    public virtual bool Stands(ActSubject subject) => false;

    /// <summary>Indicates whether the operator chooses when the act ends.</summary>
    public virtual bool HasEnd(ActSubject subject) => Stands(subject);

    public virtual bool SurvivesByDefault => false;

    /// <summary>The title: the act as a question.</summary>
    public abstract string Question(ActSubject subject);

    /// <summary>The first line: the effect.</summary>
    public abstract string Effect(ActSubject subject);

    /// <summary>The button that does it: verb and object.</summary>
    public abstract string Confirm(ActSubject subject);

    /// <summary>The button that leaves all as it is.</summary>
    public abstract string Refrain(ActSubject subject);

    /// <summary>The reason why the act is impossible now, with what to do; null if it is possible.</summary>
    public virtual string? Obstacle(ActSubject subject) => null;

    /// <summary>The choices to make before the act can be described: snapshots or variants; empty if nothing is left to choose.</summary>
    public virtual IReadOnlyList<ActChoice> Choices(ActSubject subject) => [];

    /// <summary>The changes that it will make.</summary>
    public abstract ActPreview Preview(ActSubject subject);

    public abstract Task<ControlOutcome> DoAsync(ISnapshotControl control, ActSubject subject, ControlAct act);
}

/// <summary>A choice that an act needs.</summary>
/// <param name="Version">The version chosen; null for a variant.</param>
/// <param name="Variant">The variant chosen; null for a version.</param>
/// <param name="Note">What it stands for.</param>
internal sealed record ActChoice(string? Version, string? Variant, string Note);
