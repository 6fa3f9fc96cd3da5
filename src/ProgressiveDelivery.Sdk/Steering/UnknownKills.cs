namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Bounds the memory for kills of flags that no accepted snapshot has: such a kill holds under a snapshot that brings its flag, but
/// only the latest of them are remembered. Used by one thread at a time.
/// </summary>
internal sealed class UnknownKills
{
    /// <summary>The number of such kills that are remembered.</summary>
    public const int MaxCount = 10_000;

    /// <summary>The length of their texts together.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private readonly LinkedList<(string Flag, int Bytes)> _order = [];
    private readonly Dictionary<string, LinkedListNode<(string Flag, int Bytes)>> _places = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Remembers a kill as the latest.</summary>
    public void Add(string flag, int bytes)
    {
        Remove(flag);
        _places[flag] = _order.AddLast((flag, bytes));
        _bytes += bytes;
    }

    /// <summary>Takes out the flags whose kills are too many, the earliest first.</summary>
    public IEnumerable<string> TakeExcess()
    {
        while (_order.Count > 1 && (_order.Count > MaxCount || _bytes > MaxBytes))
        {
            var flag = _order.First!.Value.Flag;
            Remove(flag);
            yield return flag;
        }
    }

    public void Remove(string flag)
    {
        if (!_places.Remove(flag, out var place))
            return;
        _bytes -= place.Value.Bytes;
        _order.Remove(place);
    }
}
