using System.Collections.ObjectModel;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// An answer with its reason and provenance. A value that costs nothing to pass around: everything it tells was made when the
/// snapshot was compiled.
/// </summary>
/// <typeparam name="T">The type asked for.</typeparam>
public readonly struct Evaluation<T>
{
    private readonly FeatureSnapshot? _snapshot;
    private readonly CompiledFlag? _flag;
    private readonly string? _name;
    private readonly short _rule;

    internal Evaluation(T value, FeatureSnapshot snapshot, CompiledFlag? flag, Decision decision)
    {
        Value = value;
        _snapshot = snapshot;
        _flag = flag;
        _name = decision.HasVariant ? flag!.Variants[decision.Variant].Label : null;
        _rule = decision.Rule;
        Reason = decision.Reason;
    }

    /// <summary>Makes an evaluation, for fakes of <see cref="IFeatureEvaluator"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reason">Why.</param>
    /// <param name="variant">The variant's name; null for the fallback.</param>
    public Evaluation(T value, EvaluationReason reason, string? variant = null)
    {
        Value = value;
        Reason = reason;
        _name = variant;
        _rule = Decision.None;
    }

    internal Evaluation(T value, FeatureSnapshot? snapshot, CompiledFlag? flag, short rule, EvaluationReason reason, string? name)
    {
        Value = value;
        _snapshot = snapshot;
        _flag = flag;
        _rule = rule;
        Reason = reason;
        _name = name;
    }

    /// <summary>The value of the variant served, or the caller's fallback.</summary>
    public T Value { get; }

    /// <summary>The variant served; null when the fallback was answered.</summary>
    public string? Variant => _name;

    /// <summary>Why.</summary>
    public EvaluationReason Reason { get; }

    /// <summary>The id of the rule that decided, or its place (<c>#2</c>) where it has none; null when no rule did.</summary>
    public string? Rule => _rule >= 0 ? _flag?.RuleName(_rule) : null;

    /// <summary>What is wrong and what to do about it, where the flag could not be evaluated as asked; otherwise null. Made when read.</summary>
    public string? Error => _snapshot is null ? null : FeatureSnapshot.ErrorText(_flag, Reason, typeof(T));

    /// <summary>What the flag's owners noted, or its backend needs told; empty where there is no such flag. It does not change while the snapshot answers.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata => _flag?.Metadata ?? ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The version of the snapshot that answered; 0 when there was none.</summary>
    public long SnapshotVersion => _snapshot?.Version ?? 0;

    /// <summary>Where the rules that answered came from.</summary>
    public SnapshotOrigin Origin => _snapshot?.Origin ?? SnapshotOrigin.None;

    /// <summary>How long ago the source last confirmed these rules; null when it has not in this run. Read from the clock when asked.</summary>
    public TimeSpan? Age => _snapshot?.Age;

    /// <summary>
    /// Whether the rules that answered have expired, or <c>MaxStaleness</c> is declared and the source has not confirmed them within it;
    /// <see cref="Reason"/> says all the same why they answer so. Read from the clock when asked.
    /// </summary>
    public bool IsStale => _snapshot?.IsStale ?? false;

    /// <summary>Whether an operator holds the version that answered, by <c>ISnapshotControl</c>: newer rules may be waiting.</summary>
    public bool IsHeld => _snapshot?.IsHeld ?? false;

    internal Evaluation<TOther> As<TOther>(TOther value) => new(value, _snapshot, _flag, _rule, Reason, _name);

    /// <summary>The answer on one line.</summary>
    public override string ToString() => $"{Value} ({Variant ?? "fallback"}, {Reason})";
}
