namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A set of strings, numbers and booleans: strings compare ordinally, numbers by value.</summary>
internal sealed class ValueSet
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly string[] _texts;
    private readonly StringTable<string>? _table;
    private readonly HashSet<string>? _folded;
    private readonly NumberSet? _numbers;
    private readonly bool _true;
    private readonly bool _false;
    private readonly bool _ignoreCase;

    public ValueSet(ReadOnlySpan<AttributeValue> values, bool ignoreCase)
    {
        _ignoreCase = ignoreCase;
        _texts = new string[Count(values, AttributeKind.String)];
        var found = new AttributeValue[values.Length - _texts.Length - Count(values, AttributeKind.Boolean)];
        int texts = 0, numbers = 0;
        foreach (ref readonly var value in values)
        {
            if (value.AsString() is { } text)
                _texts[texts++] = text;
            else if (value.TryGetBoolean(out var boolean))
                (_true, _false) = (_true || boolean, _false || !boolean);
            else
                found[numbers++] = value;
        }

        _numbers = numbers == 0 ? null : new(found);
        IsEmpty = values.IsEmpty;
        if (texts <= ScanLimit)
            return;
        if (ignoreCase)
            _folded = new(_texts, StringComparer.OrdinalIgnoreCase);
        else
            _table = StringTable.OfTexts(_texts);
    }

    public bool IsEmpty { get; }

    /// <summary>Returns whether the set has the value; unknown if no member has the value's kind.</summary>
    public Truth Find(in AttributeValue value) => value.Kind switch
    {
        AttributeKind.String => _texts.Length == 0 ? Truth.Unknown : HasText(value.AsString()!).ToTruth(),
        AttributeKind.Boolean => !_true && !_false ? Truth.Unknown : HasBoolean(value).ToTruth(),
        AttributeKind.Integer or AttributeKind.Number => _numbers is null ? Truth.Unknown : _numbers.Has(in value).ToTruth(),
        _ => Truth.Unknown,
    };

    private static int Count(ReadOnlySpan<AttributeValue> values, AttributeKind kind)
    {
        var count = 0;
        foreach (ref readonly var value in values)
            count += value.Kind == kind ? 1 : 0;
        return count;
    }

    private bool HasBoolean(in AttributeValue value) => value.TryGetBoolean(out var boolean) && (boolean ? _true : _false);

    private bool HasText(string text)
    {
        if (_table is not null)
            return _table.Find(text) is not null;
        return _ignoreCase ? HasFolded(text) : HasExactly(text);
    }

    private bool HasExactly(string text)
    {
        foreach (var candidate in _texts)
        {
            if (string.Equals(candidate, text, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private bool HasFolded(string text)
    {
        if (_folded is not null)
            return _folded.Contains(text);
        foreach (var candidate in _texts)
        {
            if (string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
