using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>
/// Shares assignments with other processes through a store. Evaluations see memory alone. New assignments are written in the background by compare-and-set;
/// where another process was first, its assignment replaces the one in memory. Safe to use from any thread.
/// </summary>
internal sealed class SharedAssignments : IAssignmentMemory, IAsyncDisposable
{
    private readonly AssignmentMemory _memory;
    private readonly IAssignmentStore _store;
    private readonly StoreGate _reads;
    private readonly StoreGate _writes;
    private readonly AssignmentQueue _queue;

    /// <param name="memory">The memory that evaluations see.</param>
    /// <param name="store">The store. Its code is not trusted.</param>
    /// <param name="options">The limits.</param>
    /// <param name="logger">The log.</param>
    /// <param name="client">The client's name for people.</param>
    /// <param name="clock">Measures limits and pauses.</param>
    /// <param name="random">Spreads a fleet out.</param>
    public SharedAssignments(AssignmentMemory memory, IAssignmentStore store, AssignmentOptions options, ILogger logger, string client, TimeProvider clock, Random random)
    {
        (_memory, _store) = (memory, store);
        _reads = new(isWrite: false, options.ReadTimeout, Counts, logger, client, clock, random);
        _writes = new(isWrite: true, options.WriteTimeout, Counts, logger, client, clock, random);
        _queue = new(options.Queued, WriteAsync, () => _writes.Pause, Counts, logger, client, clock);
    }

    public AssignmentCounts Counts { get; } = new();

    /// <summary>The number of assignments that wait to be written.</summary>
    public int Queued => _queue.Count;

    public bool TryGet(string experiment, ReadOnlySpan<char> unit, out StoredAssignment assignment)
    {
        var isFound = _memory.TryFind(experiment, unit, out var held);
        assignment = held.Assignment;
        if (held.State == AssignmentState.Unwritten)
            Propose(new(experiment, unit.ToString()), held.Assignment, replaces: null);
        return isFound;
    }

    // A process whose rules are older never takes a unit back to a lower version.
    public void Store(string experiment, ReadOnlySpan<char> unit, StoredAssignment assignment)
    {
        if (unit.Length > AssignmentMemory.MaxUnitLength)
            return;
        if (!_memory.TryFind(experiment, unit, out var held))
            Propose(new(experiment, unit.ToString()), assignment, replaces: null);
        else if (held.Assignment != assignment && held.Assignment.Version <= assignment.Version)
            Propose(new(experiment, unit.ToString()), assignment, held.State == AssignmentState.Unwritten ? null : held.Assignment);
    }

    /// <summary>Reads the assignments that evaluations of a context can look up, and are not known yet, in one call. Waits for the read timeout at most, and never fails.</summary>
    /// <param name="rules">The rules of the evaluations.</param>
    /// <param name="context">The context.</param>
    /// <param name="services">The services that units are read with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task LoadAsync(Ruleset rules, EvaluationContext context, EvaluationServices services, CancellationToken cancellationToken)
    {
        if (rules.Sticky.Count == 0)
            return Task.CompletedTask;
        var keys = new UnknownKeys(_memory);
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, services, 0, ref budget);
        foreach (var outcome in rules.Sticky)
            outcome.VisitAssignments(in input, keys);
        return keys.List.Count == 0 ? Task.CompletedTask : _reads.CallAsync(token => ReadAsync(keys.List, token), cancellationToken);
    }

    /// <summary>Completes when no assignment waits to be written, or after three seconds.</summary>
    public Task FlushAsync() => _queue.FlushAsync();

    /// <summary>Writes what waits, for three seconds at most. The store is not used after that. Never fails.</summary>
    public Task StopAsync() => _queue.StopAsync();

    public ValueTask DisposeAsync() => new(StopAsync());

    private void Propose(AssignmentKey key, StoredAssignment assignment, StoredAssignment? replaces)
    {
        _memory.Change(key, new(assignment, AssignmentState.Pending), static (_, next) => next);
        if (!_queue.TryAdd(new(key, assignment, replaces)))
            _memory.Change(key, new(assignment, AssignmentState.Unwritten), static (held, next) => held.Assignment == next.Assignment ? next : held);
    }

    // A late answer is used too.
    private async Task ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken)
    {
        var stored = await _store.ReadAsync(keys, cancellationToken).ConfigureAwait(false);
        ThrowIfAnotherCount(stored.Count, keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (stored[i] is { Variant: not null } found)
                _memory.Change(keys[i], new(found, AssignmentState.Settled), Read);
        }
    }

    private Task<bool> WriteAsync(IReadOnlyList<AssignmentProposal> batch, CancellationToken cancellationToken) => _writes.CallAsync(
        async token =>
        {
            var winners = await _store.AssignAsync(batch, token).ConfigureAwait(false);
            ThrowIfAnotherCount(winners.Count, batch.Count);
            if (winners.Any(static winner => winner.Variant is null))
                throw new InvalidOperationException("The store returned an assignment without a variant. Return the assignment that is stored.");
            for (var i = 0; i < batch.Count; i++)
                Settle(batch[i], winners[i]);
        },
        cancellationToken);

    private void Settle(AssignmentProposal proposal, StoredAssignment winner)
    {
        Counts.Add(
            winner == proposal.Assignment ? AssignmentResult.Stored
            : winner.Version == proposal.Assignment.Version ? AssignmentResult.Lost
            : AssignmentResult.Outdated);
        var settled = new HeldAssignment(winner, AssignmentState.Settled);
        _memory.Change(proposal.Key, settled, (held, next) => held.State == AssignmentState.Pending && held.Assignment != proposal.Assignment ? held : next);
    }

    // What waits to be written at a higher version stays, and so does what was settled meanwhile.
    private static HeldAssignment Read(HeldAssignment held, HeldAssignment stored) => held.Assignment.Version > stored.Assignment.Version ? held : stored;

    private static void ThrowIfAnotherCount(int answers, int questions)
    {
        if (answers != questions)
            throw new InvalidOperationException($"The store returned {answers} assignments for {questions} keys. Return one for each, in order.");
    }
}
