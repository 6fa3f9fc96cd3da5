namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Finds duplicate names of one object; reset for each object.</summary>
internal sealed class NameIndex
{
    private const int ScanLimit = 8;

    private readonly List<string> _names = [];
    private Dictionary<string, int>? _places;

    public void Clear()
    {
        _names.Clear();
        _places = null;
    }

    /// <summary>Returns the place of a known name; negative for a new one, which takes the next place.</summary>
    public int Enter(string name)
    {
        var place = _places is null ? Scan(name) : _places.GetValueOrDefault(name, -1);
        if (place >= 0)
            return place;

        _names.Add(name);
        if (_places is not null)
            _places.Add(name, _names.Count - 1);
        else if (_names.Count == ScanLimit)
            Index();
        return -1;
    }

    private int Scan(string name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (string.Equals(_names[i], name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private void Index()
    {
        _places = new(StringComparer.Ordinal);
        for (var i = 0; i < _names.Count; i++)
            _places.Add(_names[i], i);
    }
}
