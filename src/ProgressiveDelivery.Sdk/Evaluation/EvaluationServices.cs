namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>The services that the evaluations of one client share: sticky assignments, counters, name hashes and chance.</summary>
internal sealed class EvaluationServices(IAssignmentMemory assignments, EvaluationCounters counters)
{
    private EvaluationServices? _withoutEffects;
    private EvaluationServices? _ofContextAlone;

    public IAssignmentMemory Assignments => assignments;

    public EvaluationCounters Counters => counters;

    /// <summary>The hashes of names, for rules that refer to attributes by hash.</summary>
    public NameDigests NameDigests { get; private init; } = new();

    /// <summary>The facts about this process, for contexts without a kind <c>host</c> of their own; null if there are none.</summary>
    public EvaluationContext? Host { get; init; }

    /// <summary>The source of chance for rules that need one; safe to use from any thread.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The same services for explanations and watched values: they store and count nothing.</summary>
    public EvaluationServices WithoutEffects => Volatile.Read(ref _withoutEffects)
        ?? Interlocked.CompareExchange(ref _withoutEffects, ReadOnly(Host), null)
        ?? _withoutEffects;

    /// <summary>The services for assertions: without effects, and without this process's facts, so that all machines come to the same verdict.</summary>
    public EvaluationServices OfContextAlone => Volatile.Read(ref _ofContextAlone)
        ?? Interlocked.CompareExchange(ref _ofContextAlone, ReadOnly(host: null), null)
        ?? _ofContextAlone;

    private EvaluationServices ReadOnly(EvaluationContext? host) => new(new ReadOnlyAssignments(assignments), new()) { Random = Random, NameDigests = NameDigests, Host = host };

    private sealed class ReadOnlyAssignments(IAssignmentMemory inner) : IAssignmentMemory
    {
        public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment) => inner.TryGet(experiment, unit, out assignment);

        public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
        {
        }
    }
}
