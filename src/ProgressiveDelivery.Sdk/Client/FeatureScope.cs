using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Client;

/// <summary>A unit of work on one snapshot. Pooled, unless a scope of dependency injection owns it.</summary>
/// <param name="pool">Takes it back.</param>
/// <param name="given">The variants that were given in it.</param>
/// <param name="isPooled">False for one that is never used again: its rules answer even after its end, for code that outlives the work.</param>
internal sealed class FeatureScope(ScopePool pool, GivenVariants given, bool isPooled = true) : IFeatureScope
{
    private volatile FeatureSnapshot? _snapshot;
    private volatile FeatureClient? _followed;

    /// <summary>Reads the context of the work, for questions that bring none; null if it has none, or is over.</summary>
    public ContextReader? Reader { get; set; }

    public IReadOnlyList<GivenVariant> Given => Live() is not null ? given.ToList() : [];

    public int Omitted => Live() is not null ? given.Omitted : 0;

    public IReadOnlyList<string> ContextDependentFlags => Live() is not null ? given.ContextDependent() : [];

    public long Version => Live().Version;

    public SnapshotOrigin Origin => Live().Origin;

    public IReadOnlyList<FlagInfo> Flags => Live().Flags;

    public bool IsStale => Live().IsStale;

    public bool IsHeld => Live().IsHeld;

    /// <summary>Begins a unit of work.</summary>
    public void Begin(FeatureSnapshot snapshot) => _snapshot = snapshot;

    /// <summary>Lets go of the rules and of the variants given: from now on it answers from the rules in force, and holds none of them in memory.</summary>
    public void Follow(FeatureClient client)
    {
        (_followed, _snapshot) = (client, null);
        given.Clear();
    }

    public void Track(string metric, EvaluationContext context, double value = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        ArgumentNullException.ThrowIfNull(context);
        var live = Live();
        pool.Outcomes?.Record(metric, context, value, live.Rules, given);
        live.Report(metric, value, given);
    }

    public void Report(string metric, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);
        Live().Report(metric, value, given);
    }

    public void ReportOutcome(bool succeeded, TimeSpan elapsed) => Live().ReportOutcome(succeeded, elapsed, given);

    public async ValueTask LoadAssignmentsAsync(EvaluationContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rules = Live().Rules;
        if (pool.Assignments is not { } shared)
            return;
        await shared.LoadAsync(rules, context, pool.Services, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void ForceVariant(string flag, string variant, string by)
    {
        Live();
        given.Force(flag, variant, by);
    }

    // The second of two calls does nothing, unless the scope serves other work by then.
    [SuppressMessage("Reliability", "CA2000", Justification = "It is the pool's.")]
    public void Dispose()
    {
        Reader = null;
        if (!isPooled || Interlocked.Exchange(ref _snapshot, null) is null)
            return;
        given.Clear();
        pool.Return(this);
    }

    public bool IsEnabled(string key, EvaluationContext context, bool fallback = false) => Live().Value(key, context, fallback, default(BooleanReader), given);

    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string key, EvaluationContext context, string? fallback) => Live().Value(key, context, fallback, default(TextValueReader), given);

    public long GetInteger(string key, EvaluationContext context, long fallback) => Live().Value(key, context, fallback, default(IntegerReader), given);

    public double GetNumber(string key, EvaluationContext context, double fallback) => Live().Value(key, context, fallback, default(NumberReader), given);

    public T GetJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Live().Value(key, context, fallback, new JsonReader<T>(type), given);
    }

    public Evaluation<bool> EvaluateBoolean(string key, EvaluationContext context, bool fallback = false) => Live().Evaluate(key, context, fallback, default(BooleanReader), given);

    public Evaluation<string?> EvaluateString(string key, EvaluationContext context, string? fallback) => Live().Evaluate(key, context, fallback, default(TextValueReader), given);

    public Evaluation<long> EvaluateInteger(string key, EvaluationContext context, long fallback) => Live().Evaluate(key, context, fallback, default(IntegerReader), given);

    public Evaluation<double> EvaluateNumber(string key, EvaluationContext context, double fallback) => Live().Evaluate(key, context, fallback, default(NumberReader), given);

    public Evaluation<T> EvaluateJson<T>(string key, EvaluationContext context, T fallback, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Live().Evaluate(key, context, fallback, new JsonReader<T>(type), given);
    }

    public Evaluation<JsonElement> EvaluateUntyped(string key, EvaluationContext context, JsonElement fallback = default) => Live().Evaluate(key, context, fallback, default(UntypedReader), given);

    public T Value<T>(FeatureFlag<T> flag, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Live().Value(flag, new AnyContext(context), given);
    }

    public T Value<T>(FeatureFlag<T> flag, in StackContext context) => Live().Value(flag, new AnyContext(in context), given);

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> flag, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Live().Evaluate(flag, new AnyContext(context), given);
    }

    public Evaluation<T> Evaluate<T>(FeatureFlag<T> flag, in StackContext context) => Live().Evaluate(flag, new AnyContext(in context), given);

    /// <summary>Evaluates a flag for a call that begins now.</summary>
    /// <returns>The rules that answered, which outlive this unit of work.</returns>
    public FeatureSnapshot Begin<T>(FeatureFlag<T> flag, AnyContext context, out T value, out OutcomeSlot? slot, out ulong unit)
    {
        var live = Live();
        value = live.Begin(flag, context, given, out slot, out unit);
        return live;
    }

    public bool IsEnabled(string key, in StackContext context, bool fallback) => Live().IsEnabled(key, in context, fallback, given);

    public T Value<T, TReader>(string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T> =>
        Live().Value(key, context, fallback, reader, given);

    public Evaluation<T> Evaluate<T, TReader>(string key, AnyContext context, T fallback, TReader reader)
        where TReader : struct, IValueReader<T> =>
        Live().Evaluate(key, context, fallback, reader, given);

    public Explanation Explain(string key, EvaluationContext context) => Live().Explain(key, Forced(context), given);

    public FrontEndFlags GetFrontEndFlags(EvaluationContext context) => Live().GetFrontEndFlags(Forced(context), given);

    private EvaluationContext Forced(EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var forced in given.Forced?.List ?? [])
            context = context.WithForcedVariant(forced.Flag, forced.Variant, forced.By);
        return context;
    }

    private FeatureSnapshot Live() => _snapshot ?? _followed?.Current ?? throw new ObjectDisposedException(nameof(IFeatureScope), "The scope has ended. Begin another with BeginScope, and keep no reference after its end.");
}
