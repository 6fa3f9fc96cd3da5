namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Numbers to be looked up by value: as 64-bit integers where both are, else as doubles.</summary>
internal sealed class NumberSet
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly AttributeValue[] _numbers;
    private readonly HashSet<long>? _integers;
    private readonly HashSet<double>? _doubles;
    private readonly HashSet<double>? _all;

    public NumberSet(AttributeValue[] numbers)
    {
        _numbers = numbers;
        if (numbers.Length <= ScanLimit)
            return;

        (_integers, _doubles, _all) = ([], [], []);
        foreach (var number in numbers)
            Add(number, _integers, _doubles, _all);
    }

    public bool Has(in AttributeValue value)
    {
        if (_all is null)
            return Scan(in value);
        if (value.TryGetInteger(out var integer))
            return _integers!.Contains(integer) || _doubles!.Contains(integer);
        return value.TryGetNumber(out var number) && _all.Contains(number);
    }

    private static void Add(in AttributeValue number, HashSet<long> integers, HashSet<double> doubles, HashSet<double> all)
    {
        if (!number.TryGetNumber(out var value))
            return;

        all.Add(value);
        if (number.TryGetInteger(out var integer))
            integers.Add(integer);
        else
            doubles.Add(value);
    }

    private bool Scan(in AttributeValue value)
    {
        foreach (var candidate in _numbers)
        {
            if (NumberOrder.Compare(value, candidate) == 0)
                return true;
        }

        return false;
    }
}
