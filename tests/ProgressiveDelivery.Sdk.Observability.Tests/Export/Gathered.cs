using System.Collections;

namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>What an in-memory exporter gathers while other threads add to it.</summary>
internal sealed class Gathered<T> : ICollection<T>
{
    private readonly List<T> _items = [];

    /// <summary>All items so far.</summary>
    public IReadOnlyList<T> All
    {
        get
        {
            lock (_items)
                return [.. _items];
        }
    }

    public int Count => All.Count;

    public bool IsReadOnly => false;

    public void Add(T item)
    {
        lock (_items)
            _items.Add(item);
    }

    public void Clear() => throw new NotSupportedException();

    public bool Contains(T item) => All.Contains(item);

    public void CopyTo(T[] array, int arrayIndex) => throw new NotSupportedException();

    public bool Remove(T item) => throw new NotSupportedException();

    public IEnumerator<T> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
