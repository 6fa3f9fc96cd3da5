namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>hasAny</c>: a list with a member among some values.</summary>
internal sealed class HasAnyTest(AttributeReference attribute, AttributeValue operand, ValueSet values)
    : AttributeTest(attribute, "hasAny", operand)
{
    protected override Truth Judge(in AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
            return Truth.Unknown;
        foreach (var item in value.Items)
        {
            if (values.Find(item) == Truth.True)
                return Truth.True;
        }

        return Truth.False;
    }
}

/// <summary><c>hasAll</c>: a list that has every one of some values.</summary>
internal sealed class HasAllTest(AttributeReference attribute, AttributeValue operand, bool ignoreCase)
    : AttributeTest(attribute, "hasAll", operand)
{
    private readonly ValueSet[] _values = [.. operand.Items.ToArray().Select(item => new ValueSet([item], ignoreCase))];

    protected override Truth Judge(in AttributeValue value)
    {
        if (value.Kind != AttributeKind.List)
            return Truth.Unknown;
        foreach (var wanted in _values)
        {
            if (!Has(value.Items, wanted))
                return Truth.False;
        }

        return Truth.True;
    }

    private static bool Has(ReadOnlySpan<AttributeValue> items, ValueSet wanted)
    {
        foreach (var item in items)
        {
            if (wanted.Find(item) == Truth.True)
                return true;
        }

        return false;
    }
}
