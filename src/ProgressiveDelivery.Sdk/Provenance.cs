namespace ProgressiveDelivery.Sdk;

/// <summary>The facts of the rules behind an answer that the answer shows.</summary>
internal abstract class Provenance
{
    /// <summary>The snapshot's version; 0 before anything is loaded.</summary>
    public abstract long Version { get; }

    /// <summary>The kind of place that the rules came from.</summary>
    public abstract SnapshotOrigin Origin { get; }

    /// <summary>The time since the source last confirmed the rules; null if it has not in this run.</summary>
    public abstract TimeSpan? Age { get; }

    /// <summary>Indicates whether the rules have expired, or were not confirmed within <c>MaxStaleness</c>.</summary>
    public abstract bool IsStale { get; }

    /// <summary>Indicates whether an operator holds the rules in force.</summary>
    public abstract bool IsHeld { get; }

    /// <summary>The flags whose answers can differ from those of other rules; all of them where there are no others.</summary>
    public abstract IReadOnlySet<string> ChangedFlags(Provenance? before);

    /// <summary>Evaluates the next client-visible flag that serves a variant to a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="index">The place of the flag before it; -1 at first. Then its own.</param>
    /// <param name="flag">The flag, as the context sees it.</param>
    /// <returns>True if there is one.</returns>
    public abstract bool MoveToNext(EvaluationContext context, ref int index, out FrontEndFlag flag);

    /// <summary>Returns a text of the problem with an answer and its remedy; null if there is none.</summary>
    public static string? ErrorText(IFlagFacts? flag, EvaluationReason reason, Type asked) => reason switch
    {
        EvaluationReason.Error => flag!.Defect ?? $"Flag '{flag.Key}' cannot be evaluated for this context: it came to a part that is malformed. Ask Explain which, and correct it at the backend.",
        EvaluationReason.TargetingKeyMissing => $"Flag '{flag!.Key}' needs a key of the context, and there is none. Give the context a targeting key.",
        EvaluationReason.TypeMismatch => $"Flag '{flag!.Key}' is a {flag.Type} flag and was asked for as {asked.Name}. Ask for its own type, or change the flag's.",
        EvaluationReason.FlagNotFound => "The snapshot has no such flag. Define it, or correct the key.",
        EvaluationReason.NotReady => "No snapshot has been loaded yet. Wait for WaitUntilReadyAsync, or add a local fallback.",
        EvaluationReason.Closed => "The client has been disposed. Ask a live one.",
        _ => null,
    };
}
