namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>hasAny</c>: a list that contains at least one of some values.</summary>
internal sealed class HasAnyTest(AttributeReference attribute, AttributeValue operand, ValueSet values)
    : AttributeTest(attribute, "hasAny", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (value.Kind != AttributeKind.List)
            return Truth.Unknown;
        foreach (ref readonly var item in value.Items)
        {
            if (values.Find(in item) == Truth.True)
                return Truth.True;
        }

        return Truth.False;
    }
}

/// <summary><c>hasAll</c>: a list that contains all of some values.</summary>
internal sealed class HasAllTest(AttributeReference attribute, AttributeValue operand, bool ignoreCase)
    : AttributeTest(attribute, "hasAll", operand)
{
    // Above this, a table of the caller's items is cheaper than comparing all pairs.
    private const long MaxComparisons = 10_000;

    private readonly AttributeValue[] _wanted = operand.Items.ToArray();
    private readonly ValueSet[] _values = [.. operand.Items.ToArray().Select(item => new ValueSet([item], ignoreCase))];

    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (value.Kind != AttributeKind.List)
            return Truth.Unknown;
        return ((long)value.Items.Length * _values.Length <= MaxComparisons ? Scan(value.Items) : LookUp(value.Items)).ToTruth();
    }

    private bool Scan(ReadOnlySpan<AttributeValue> items)
    {
        foreach (var wanted in _values)
        {
            if (!Has(items, wanted))
                return false;
        }

        return true;
    }

    private bool LookUp(ReadOnlySpan<AttributeValue> items)
    {
        var known = new ValueSet(Scalars(items), ignoreCase);
        foreach (ref readonly var wanted in _wanted.AsSpan())
        {
            if (known.Find(in wanted) != Truth.True)
                return false;
        }

        return true;
    }

    private static AttributeValue[] Scalars(ReadOnlySpan<AttributeValue> items)
    {
        var scalars = new List<AttributeValue>(items.Length);
        foreach (ref readonly var item in items)
        {
            if (item.Kind is AttributeKind.String or AttributeKind.Boolean or AttributeKind.Integer or AttributeKind.Number)
                scalars.Add(item);
        }

        return [.. scalars];
    }

    private static bool Has(ReadOnlySpan<AttributeValue> items, ValueSet wanted)
    {
        foreach (ref readonly var item in items)
        {
            if (wanted.Find(in item) == Truth.True)
                return true;
        }

        return false;
    }
}
