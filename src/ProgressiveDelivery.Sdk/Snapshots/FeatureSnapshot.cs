using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>
/// The root that is swapped: a compiled ruleset, its provenance, and its evaluation. A call reads one root, so a flag, its
/// prerequisites and its segments always come from one moment.
/// </summary>
internal sealed partial class FeatureSnapshot : Provenance, IFeatureSnapshot
{
    private readonly Ruleset _rules;
    private readonly SnapshotServices _services;
    private readonly EvaluationReason _unknownReason;
    private readonly SnapshotConfirmation _confirmation;
    private readonly DecisionObserver? _observer;
    private readonly OutcomeTable? _outcomes;
    private readonly Action? _asked;
    private readonly bool _isHeld;
    private volatile IReadOnlyList<FlagInfo>? _flags;

    public FeatureSnapshot(Ruleset rules, SnapshotOrigin origin, SnapshotServices services)
    {
        _rules = rules;
        _services = services;
        _confirmation = new(services.Clock);
        Origin = origin;
        _unknownReason = EvaluationReason.FlagNotFound;
    }

    private FeatureSnapshot(SnapshotServices services, EvaluationReason reason, Action? asked = null)
    {
        _asked = asked;
        _rules = Ruleset.Empty;
        _services = services;
        _confirmation = new(services.Clock);
        _unknownReason = reason;
        _observer = services.ObserverOf(this);
    }

    private FeatureSnapshot(FeatureSnapshot like, Ruleset rules, SnapshotConfirmation confirmation, bool isHeld, bool isObserved = false, SnapshotServices? services = null)
    {
        _isHeld = isHeld;
        _rules = rules;
        _services = services ?? like._services;
        _confirmation = confirmation;
        _unknownReason = like._unknownReason;
        Origin = like.Origin;
        Fingerprint = like.Fingerprint;
        Definition = like.Definition;
        IsPatched = like.IsPatched;
        SentBytes = like.SentBytes;
        Diagnostics = like.Diagnostics;
        Overlay = like.Overlay;
        Cause = like.Cause;
        if (!isObserved)
            return;
        _observer = _services.ObserverOf(this);
        _outcomes = like._outcomes ?? _services.Outcomes?.TableOf(rules);
    }

    public override long Version => _rules.Version;

    public override SnapshotOrigin Origin { get; }

    public Ruleset Rules => _rules;

    public IReadOnlyList<FlagInfo> Flags => _flags ??= Array.AsReadOnly(FlagDescriber.Describe(_rules.Flags, Definition));

    /// <summary>A hash of the document that it was read from; null for definitions built in code.</summary>
    public UInt128? Fingerprint { get; init; }

    /// <summary>The definitions it was compiled from, for patches, overrides and comparisons; null before anything is loaded.</summary>
    public SnapshotDefinition? Definition { get; init; }

    /// <summary>The overlay that it was compiled under.</summary>
    public LocalOverlay Overlay { get; init; } = LocalOverlay.None;

    /// <summary>Indicates whether it was made by a patch, so that there is no document with its bytes.</summary>
    public bool IsPatched { get; init; }

    /// <summary>The bytes of its document and of the patches since, which are no fewer than it has; 0 for definitions built in code.</summary>
    public long SentBytes { get; init; }

    /// <summary>The findings about it that did not reject it, the most severe first; the first 1,000.</summary>
    public IReadOnlyList<SnapshotDiagnostic> Diagnostics { get; init; } = [];

    public bool HasRules => Origin != SnapshotOrigin.None;

    public override bool IsHeld => _isHeld;

    /// <summary>The cause of its coming into force; null until then.</summary>
    public SnapshotChangeCause? Cause { get; private init; }

    /// <summary>The time since the source last confirmed these rules; null if it has not in this run.</summary>
    public override TimeSpan? Age => _confirmation.Age;

    public override bool IsStale => Origin != SnapshotOrigin.None && (HasExpired || (_services.MaxStaleness is { } max && !(Age <= max)));

    /// <summary>Returns the snapshot before anything is loaded.</summary>
    /// <param name="services">The client's services.</param>
    /// <param name="asked">Runs at each evaluation; quick, and never throws.</param>
    public static FeatureSnapshot NotReady(SnapshotServices services, Action? asked = null) => new(services, EvaluationReason.NotReady, asked);

    /// <summary>Returns the snapshot that answers after the client has been disposed.</summary>
    public static FeatureSnapshot Closed(SnapshotServices services) => new(services, EvaluationReason.Closed);

    /// <summary>Returns these rules under another overlay: as old, and from the same place.</summary>
    public FeatureSnapshot Under(LocalOverlay overlay, Ruleset rules) => new(this, rules, _confirmation, _isHeld) { Overlay = overlay };

    /// <summary>Returns these rules as they come into force.</summary>
    /// <param name="isHeld">True if an operator holds them.</param>
    /// <param name="cause">The cause of the change.</param>
    /// <param name="newest">The newest accepted snapshot: for held rules, the source confirms that nothing newer was missed.</param>
    public FeatureSnapshot InForce(bool isHeld, SnapshotChangeCause cause, FeatureSnapshot newest) =>
        new(this, _rules, newest._confirmation, isHeld, isObserved: true) { Cause = cause };

    /// <summary>Returns these rules, in force as they are, with the observers that there are now.</summary>
    public FeatureSnapshot Renewed() => new(this, _rules, _confirmation, _isHeld, isObserved: true) { _flags = _flags };

    /// <summary>Returns these rules to look at: the same answers, without effects.</summary>
    public FeatureSnapshot WithoutEffects() => new(this, _rules, _confirmation, _isHeld, services: _services.WithoutEffects) { _flags = _flags };

    /// <summary>Records an event that a backend's package makes of the time.</summary>
    public void Record(Func<DateTimeOffset, BackendEvent> make) => _observer?.Occurred(make, _services.Clock);

    /// <summary>Notes that the source confirmed these rules just now.</summary>
    public void Confirm() => _confirmation.Renew();

    public Explanation Explain(string key, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(context);
        if (_rules.Find(key) is { } flag)
            return FlagExplainer.Explain(this, key, flag, context, _services, IsForced(flag, context, out var forced) ? forced : null);
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

    /// <summary>Returns the answer of this process to a comparison. It stores and counts nothing, and does not report a missing flag.</summary>
    public (string? Variant, EvaluationReason Reason) Answer(string key, EvaluationContext context) =>
        _rules.Find(key) is { } flag ? Named(flag, DecideWithoutEffects(flag, context)) : (null, EvaluationReason.FlagNotFound);

    /// <summary>Returns the answer to an assertion, the same in every process: the context alone counts, without facts about the host.</summary>
    public (string? Variant, EvaluationReason Reason) AnswerAnywhere(string key, EvaluationContext context) =>
        _rules.Find(key) is { } flag ? Named(flag, DecideWithoutEffects(flag, context, _services.Evaluation.OfContextAlone)) : (null, EvaluationReason.FlagNotFound);

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _asked?.Invoke();
        return new(this, context);
    }

    public override IReadOnlySet<string> ChangedFlags(Provenance? before) => SnapshotComparison.ChangedFlags(before as FeatureSnapshot, this);

    public override bool MoveToNext(EvaluationContext context, ref int index, out FrontEndFlag flag)
    {
        while (++index < _rules.Flags.Length)
        {
            var next = _rules.Flags[index];
            if (next.ClientVisible && Decide(next, context) is { HasVariant: true } decision)
            {
                flag = new(next, next.Variants[decision.Variant], decision.Reason);
                return true;
            }
        }

        flag = default;
        return false;
    }

    /// <summary>Decides, for an answer or a listing.</summary>
    internal Decision Decide(CompiledFlag flag, AnyContext context) =>
        context.Forced is { } set && TryForce(flag, set, isAnswer: true, out var forced) ? forced
        : flag.IsConstant ? flag.Constant
        : Evaluate(flag, context, _services.Evaluation);

    /// <summary>Decides, for an answer in a unit of work, whose forced variants come before those of the context.</summary>
    internal Decision Decide(CompiledFlag flag, AnyContext context, GivenVariants given)
    {
        var decision = given.Forced is { } set && TryForce(flag, set, isAnswer: true, out var forced) ? forced : Decide(flag, context);
        if (!flag.IsConstant || flag.IsForced(decision))
            given.NoteContextDependent(flag);
        return decision;
    }

    /// <summary>Decides without storing an assignment or counting a missing unit.</summary>
    private Decision DecideWithoutEffects(CompiledFlag flag, EvaluationContext context) => DecideWithoutEffects(flag, context, _services.Evaluation.WithoutEffects);

    private Decision DecideWithoutEffects(CompiledFlag flag, EvaluationContext context, EvaluationServices services) =>
        IsForced(flag, context, out var forced) ? forced
        : flag.IsConstant ? flag.Constant
        : Evaluate(flag, context, services);

    private static (string? Variant, EvaluationReason Reason) Named(CompiledFlag flag, Decision decision) =>
        (decision.HasVariant ? flag.Variants[decision.Variant].Name : null, decision.Reason);

    private bool IsForced(CompiledFlag flag, EvaluationContext context, out Decision decision)
    {
        decision = default;
        return context.Forced is { } set && TryForce(flag, set, isAnswer: false, out decision);
    }

    // Not inlined: hardly any context forces a variant.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryForce(CompiledFlag flag, ForcedVariantSet set, bool isAnswer, out Decision decision)
    {
        decision = default;
        return _services.Forcing is { } forcing && forcing.TryForce(flag, set, _rules, isAnswer, out decision);
    }

    // Not inlined, since the input is so large that clearing it would cost a constant flag more than its answer does.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Evaluate(CompiledFlag flag, AnyContext context, EvaluationServices services)
    {
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, Now(flag), ref budget);
        return budget.Judge(flag.Answer(in input));
    }

    private bool HasExpired => _rules.ExpiresAt is { } expiry && expiry <= _services.Clock.GetUtcNow();

    private long Now(CompiledFlag flag) => flag.DependsOnTime ? _services.Clock.GetUtcNow().UtcTicks : 0;

    // Cold: nothing on the way to a known flag comes here.
    private Decision Unknown(string key)
    {
        if (_unknownReason == EvaluationReason.FlagNotFound)
            _services.UnknownFlags.Note(key, _rules);
        _asked?.Invoke();
        return new(Decision.None, _unknownReason);
    }
}
