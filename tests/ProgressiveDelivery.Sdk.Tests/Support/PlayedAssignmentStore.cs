using System.Collections.Concurrent;

namespace ProgressiveDelivery.Sdk.Tests.Support;

/// <summary>A store of assignments in memory that several clients share, and that hangs, fails and loses races as it is told to.</summary>
internal sealed class PlayedAssignmentStore : IAssignmentStore
{
    private readonly object _gate = new();
    private volatile TaskCompletionSource? _hanging;
    private int _writes;

    public ConcurrentDictionary<AssignmentKey, StoredAssignment> Content { get; } = new();

    /// <summary>The keys of each read.</summary>
    public ConcurrentQueue<IReadOnlyList<AssignmentKey>> Reads { get; } = new();

    /// <summary>The number of writes.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>What a call (<c>Read</c>, <c>Assign</c>) throws; null: nothing.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    /// <summary>What another process stores just before a proposal for a key without an assignment; null: nothing.</summary>
    public Func<AssignmentProposal, StoredAssignment?> OtherProcess { get; set; } = _ => null;

    /// <summary>Calls hang from now on, whatever their tokens say.</summary>
    public void Hang() => _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the calls that hang go on.</summary>
    public void Release() => Interlocked.Exchange(ref _hanging, null)?.SetResult();

    public async ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken)
    {
        Reads.Enqueue(keys);
        await PassAsync("Read");
        return [.. keys.Select(key => Content.TryGetValue(key, out var stored) ? stored : (StoredAssignment?)null)];
    }

    public async ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writes);
        await PassAsync("Assign");
        lock (_gate)
            return [.. proposals.Select(Assign)];
    }

    private StoredAssignment Assign(AssignmentProposal proposal)
    {
        if (!Content.ContainsKey(proposal.Key) && OtherProcess(proposal) is { } other)
            Content[proposal.Key] = other;
        return !Content.TryGetValue(proposal.Key, out var stored) || stored == proposal.Replaces ? Content[proposal.Key] = proposal.Assignment : stored;
    }

    private async Task PassAsync(string operation)
    {
        if (Fault(operation) is { } fault)
            throw fault;
        if (_hanging is { } hanging)
            await hanging.Task;
    }
}
