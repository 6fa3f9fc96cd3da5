namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>The assignments of a file. Bounded: when full, the oldest makes room. For one thread at a time.</summary>
/// <param name="capacity">The number of assignments that it holds.</param>
internal sealed class AssignmentIndex(int capacity)
{
    private readonly Dictionary<AssignmentKey, StoredAssignment> _byKey = [];
    private readonly Queue<AssignmentKey> _oldest = new();

    public int Count => _byKey.Count;

    /// <summary>The assignments, oldest first.</summary>
    public IEnumerable<KeyValuePair<AssignmentKey, StoredAssignment>> All => _oldest.Select(key => KeyValuePair.Create(key, _byKey[key]));

    public StoredAssignment? Find(AssignmentKey key) => _byKey.TryGetValue(key, out var assignment) ? assignment : null;

    public void Set(AssignmentKey key, StoredAssignment assignment)
    {
        var isNew = !_byKey.ContainsKey(key);
        _byKey[key] = assignment;
        if (!isNew)
            return;
        _oldest.Enqueue(key);
        if (_byKey.Count > capacity)
            _byKey.Remove(_oldest.Dequeue());
    }

    public void Clear()
    {
        _byKey.Clear();
        _oldest.Clear();
    }
}
