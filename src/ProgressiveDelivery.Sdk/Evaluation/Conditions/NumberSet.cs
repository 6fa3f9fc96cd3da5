namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A set of numbers, found by value: as 64-bit integers if both are, else as doubles.</summary>
internal sealed class NumberSet
{
    // Comparing a handful one by one is cheaper than hashing.
    private const int ScanLimit = 4;

    private readonly AttributeValue[] _numbers;
    private readonly HashSet<long>? _integers;
    private readonly HashSet<long>? _doubles;
    private readonly HashSet<long>? _all;

    public NumberSet(AttributeValue[] numbers)
        : this(numbers, NameHash.AtRandom())
    {
    }

    /// <summary>Creates a set that uses the given hash.</summary>
    public NumberSet(AttributeValue[] numbers, NameHash hash)
    {
        _numbers = numbers;
        if (numbers.Length <= ScanLimit)
            return;

        var comparer = new BitsComparer(hash);
        (_integers, _doubles, _all) = (new(comparer), new(comparer), new(comparer));
        foreach (var number in numbers)
            Add(number, _integers, _doubles, _all);
    }

    public bool Has(in AttributeValue value)
    {
        if (_all is null)
            return Scan(in value);
        if (value.TryGetInteger(out var integer))
            return _integers!.Contains(integer) || _doubles!.Contains(BitsOf(integer));
        return value.TryGetNumber(out var number) && _all.Contains(BitsOf(number));
    }

    private static void Add(in AttributeValue number, HashSet<long> integers, HashSet<long> doubles, HashSet<long> all)
    {
        if (!number.TryGetNumber(out var value))
            return;

        all.Add(BitsOf(value));
        if (number.TryGetInteger(out var integer))
            integers.Add(integer);
        else
            doubles.Add(BitsOf(value));
    }

    // Equal numbers must have equal bits: zero has two signs.
    private static long BitsOf(double number) => number == 0 ? 0 : BitConverter.DoubleToInt64Bits(number);

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
