using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// The root that is swapped: a compiled ruleset, where it came from, and how to ask it. A call reads one root, so a flag, its
/// prerequisites and its segments always come from one moment.
/// </summary>
internal sealed partial class FeatureSnapshot : IFeatureSnapshot
{
    private readonly Ruleset _rules;
    private readonly SnapshotServices _services;
    private readonly EvaluationReason _unknownReason;
    private readonly SnapshotConfirmation _confirmation;
    private readonly UsageTable? _usage;

    public FeatureSnapshot(Ruleset rules, SnapshotOrigin origin, SnapshotServices services)
    {
        _rules = rules;
        _services = services;
        _confirmation = new(services.Clock);
        Origin = origin;
        _unknownReason = EvaluationReason.FlagNotFound;
    }

    private FeatureSnapshot(SnapshotServices services, EvaluationReason reason)
    {
        _rules = Ruleset.Empty;
        _services = services;
        _confirmation = new(services.Clock);
        _unknownReason = reason;
    }

    private FeatureSnapshot(FeatureSnapshot like, Ruleset rules, SnapshotConfirmation confirmation, UsageTable? usage = null)
    {
        _usage = usage;
        _rules = rules;
        _services = like._services;
        _confirmation = confirmation;
        _unknownReason = like._unknownReason;
        Origin = like.Origin;
        Fingerprint = like.Fingerprint;
        Definition = like.Definition;
        IsPatched = like.IsPatched;
        Overlay = like.Overlay;
        IsHeld = like.IsHeld;
        Cause = like.Cause;
    }

    public long Version => _rules.Version;

    public SnapshotOrigin Origin { get; }

    public Ruleset Rules => _rules;

    /// <summary>A hash of the document that it was read from; null for definitions built in code.</summary>
    public UInt128? Fingerprint { get; init; }

    /// <summary>What it was compiled from, for patches, overrides and comparisons; null before anything is loaded.</summary>
    public SnapshotDefinition? Definition { get; init; }

    /// <summary>The overlay that it was compiled under.</summary>
    public LocalOverlay Overlay { get; init; } = LocalOverlay.None;

    /// <summary>Whether it came about by a patch, so that there is no document with its bytes.</summary>
    public bool IsPatched { get; init; }

    public bool HasRules => Origin != SnapshotOrigin.None;

    public bool IsHeld { get; private init; }

    /// <summary>Why it came into force; null until it does.</summary>
    public SnapshotChangeCause? Cause { get; private init; }

    /// <summary>How long ago the source last confirmed these rules; null: never in this run.</summary>
    public TimeSpan? Age => _confirmation.Age;

    public bool IsStale => Origin != SnapshotOrigin.None && (HasExpired || (_services.MaxStaleness is { } max && !(Age <= max)));

    /// <summary>What answers before anything is loaded.</summary>
    public static FeatureSnapshot NotReady(SnapshotServices services) => new(services, EvaluationReason.NotReady);

    /// <summary>What answers after the client has been disposed.</summary>
    public static FeatureSnapshot Closed(SnapshotServices services) => new(services, EvaluationReason.Closed);

    /// <summary>These rules under another overlay: as old, and from the same place.</summary>
    public FeatureSnapshot Under(LocalOverlay overlay, Ruleset rules) => new(this, rules, _confirmation) { Overlay = overlay };

    /// <summary>These rules as they come into force.</summary>
    /// <param name="isHeld">Whether an operator holds them.</param>
    /// <param name="cause">Why they come into force.</param>
    /// <param name="newest">The newest that was accepted: of rules that are held, the source confirms that nothing newer was missed.</param>
    public FeatureSnapshot InForce(bool isHeld, SnapshotChangeCause cause, FeatureSnapshot newest) =>
        new(this, _rules, newest._confirmation, _services.Usage?.Of(_rules)) { IsHeld = isHeld, Cause = cause };

    /// <summary>Notes that the source confirmed these rules just now.</summary>
    public void Confirm() => _confirmation.Renew();

    public Explanation Explain(string key, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        if (_rules.Find(key) is { } flag)
            return FlagExplainer.Explain(this, key, flag, context, _services.Evaluation, _services.Clock.GetUtcNow().UtcTicks);
        var decision = Unknown(key);
        return new()
        {
            Flag = key,
            Reason = decision.Reason,
            Error = ErrorText(null, decision.Reason, typeof(object)),
            SnapshotVersion = Version,
            Origin = Origin,
            IsHeld = IsHeld,
        };
    }

    /// <summary>The answer to an assertion. It stores and counts nothing, and a flag that is missing is no caller's mistake.</summary>
    public (string? Variant, EvaluationReason Reason) Answer(string key, EvaluationContext context)
    {
        if (_rules.Find(key) is not { } flag)
            return (null, EvaluationReason.FlagNotFound);
        var decision = Look(flag, context);
        return (decision.HasVariant ? flag.Variants[decision.Variant].Name : null, decision.Reason);
    }

    public ClientFlags GetClientFlags(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(this, context);
    }

    /// <summary>What is wrong, for an evaluation that has no variant to show.</summary>
    public static string? ErrorText(CompiledFlag? flag, EvaluationReason reason, Type asked) => reason switch
    {
        EvaluationReason.Error => flag!.Defect ?? $"Flag '{flag.Key}' cannot be evaluated for this context: it came to a part that is malformed. Ask Explain which, and correct it at the backend.",
        EvaluationReason.TargetingKeyMissing => $"Flag '{flag!.Key}' places units, and the context has none. Give it a targeting key.",
        EvaluationReason.TypeMismatch => $"Flag '{flag!.Key}' is a {flag.Type} flag and was asked for as {asked.Name}. Ask for its own type, or change the flag's.",
        EvaluationReason.FlagNotFound => "The snapshot has no such flag. Define it, or correct the key.",
        EvaluationReason.NotReady => "No snapshot has been loaded yet. Wait for WaitUntilReadyAsync, or add a local fallback.",
        EvaluationReason.Closed => "The client has been disposed. Ask a live one.",
        _ => null,
    };

    /// <summary>A decision that is not counted as use.</summary>
    internal Decision DecideUncounted(CompiledFlag flag, EvaluationContext context) =>
        flag.IsConstant ? flag.Constant : Evaluate(flag, context);

    /// <summary>A decision that is not counted as use.</summary>
    internal Decision DecideUncounted(CompiledFlag flag, in StackContext context) =>
        flag.IsConstant ? flag.Constant : Evaluate(flag, in context);

    private Decision Decide(CompiledFlag flag, EvaluationContext context)
    {
        var decision = DecideUncounted(flag, context);
        _usage?.Count(flag, decision);
        return decision;
    }

    private Decision Decide(CompiledFlag flag, in StackContext context)
    {
        var decision = DecideUncounted(flag, in context);
        _usage?.Count(flag, decision);
        return decision;
    }

    // Not inlined, since the input is so large that clearing it would cost a constant flag more than its answer does.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Evaluate(CompiledFlag flag, EvaluationContext context)
    {
        var input = new EvaluationInput(context, _services.Evaluation, Now(flag));
        return flag.Evaluate(in input);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Evaluate(CompiledFlag flag, in StackContext context)
    {
        var input = new EvaluationInput(in context, _services.Evaluation, Now(flag));
        return flag.Evaluate(in input);
    }

    // A decision that stores and counts nothing.
    private Decision Look(CompiledFlag flag, EvaluationContext context)
    {
        if (flag.IsConstant)
            return flag.Constant;
        var input = new EvaluationInput(context, _services.Evaluation.WithoutEffects, Now(flag));
        return flag.Evaluate(in input);
    }

    private bool HasExpired => _rules.ExpiresAt is { } expiry && expiry <= _services.Clock.GetUtcNow();

    private long Now(CompiledFlag flag) => flag.DependsOnTime ? _services.Clock.GetUtcNow().UtcTicks : 0;

    // Cold: nothing on the way to a known flag comes here.
    private Decision Unknown(string key)
    {
        if (_unknownReason == EvaluationReason.FlagNotFound)
            _services.UnknownFlags.Note(key, _rules);
        return new(Decision.None, _unknownReason);
    }
}
