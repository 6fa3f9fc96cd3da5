namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Collects lists of unknown length, which may be nested, and copies each out at its exact length.</summary>
internal sealed class ListBuilder<T>
{
    private readonly List<T> _items = [];

    /// <summary>The start of a list that begins now.</summary>
    public int Mark => _items.Count;

    public void Add(T item) => _items.Add(item);

    /// <summary>Replaces an item of the list that began at <paramref name="mark"/>.</summary>
    public void Replace(int mark, int place, T item) => _items[mark + place] = item;

    /// <summary>Ends the list that began at <paramref name="mark"/>.</summary>
    public T[] Take(int mark)
    {
        if (mark == _items.Count)
            return [];

        var list = new T[_items.Count - mark];
        _items.CopyTo(mark, list, 0, list.Length);
        _items.RemoveRange(mark, list.Length);
        return list;
    }
}
