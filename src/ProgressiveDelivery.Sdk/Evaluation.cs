using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk;

/// <summary>
/// An answer with its reason and provenance. A value that costs nothing to pass around: everything it holds was made when the
/// snapshot was compiled.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Evaluation<T>
{
    private const short NoRule = -1;

    private readonly Provenance? _provenance;
    private readonly IFlagFacts? _flag;
    private readonly string? _name;
    private readonly short _rule;

    /// <summary>Makes an evaluation, for fakes of <see cref="IFeatureEvaluator"/>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reason">The reason for the answer.</param>
    /// <param name="variant">The variant's name; null for the fallback.</param>
    public Evaluation(T value, EvaluationReason reason, string? variant = null)
    {
        Value = value;
        Reason = reason;
        _name = variant;
        _rule = NoRule;
    }

    internal Evaluation(T value, Provenance? provenance, IFlagFacts? flag, short rule, EvaluationReason reason, string? name)
    {
        Value = value;
        _provenance = provenance;
        _flag = flag;
        _rule = rule;
        Reason = reason;
        _name = name;
    }

    /// <summary>The value of the variant served, or the caller's fallback.</summary>
    public T Value { get; }

    /// <summary>The variant served; null when the fallback was answered.</summary>
    public string? Variant => _name;

    /// <summary>The reason for the answer.</summary>
    public EvaluationReason Reason { get; }

    /// <summary>The id of the rule that decided, or its place (<c>#2</c>) where it has none; null when no rule did.</summary>
    public string? Rule => _rule >= 0 ? _flag?.RuleName(_rule) : null;

    /// <summary>The problem and its remedy if the flag could not be evaluated as requested; otherwise null. Built when read.</summary>
    public string? Error => _provenance is null ? null : Provenance.ErrorText(_flag, Reason, typeof(T));

    /// <summary>The flag's metadata: notes of its owners, or data for its backend. Empty if there is no such flag. Constant within a snapshot.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata => _flag?.Metadata ?? ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The version of the snapshot that answered; 0 when there was none.</summary>
    public long SnapshotVersion => _provenance?.Version ?? 0;

    /// <summary>The origin of the rules that answered.</summary>
    public SnapshotOrigin Origin => _provenance?.Origin ?? SnapshotOrigin.None;

    /// <summary>The time since the source last confirmed these rules; null if it has not in this run. Read from the clock on each access.</summary>
    public TimeSpan? Age => _provenance?.Age;

    /// <summary>
    /// Indicates whether the rules that answered have expired, or the source has not confirmed them within a declared
    /// <c>MaxStaleness</c>. <see cref="Reason"/> does not depend on it. Read from the clock on each access.
    /// </summary>
    public bool IsStale => _provenance?.IsStale ?? false;

    /// <summary>Indicates whether an operator holds the version that answered, by <c>ISnapshotControl</c>: newer rules may be waiting.</summary>
    public bool IsHeld => _provenance?.IsHeld ?? false;

    internal Evaluation<TOther> As<TOther>(TOther value) => new(value, _provenance, _flag, _rule, Reason, _name);

    /// <summary>The answer on one line.</summary>
    public override string ToString() => $"{Value} ({Variant ?? "fallback"}, {Reason})";
}
