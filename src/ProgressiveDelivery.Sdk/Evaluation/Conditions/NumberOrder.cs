namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Compares numbers: as 64-bit integers if both are, otherwise as doubles.</summary>
internal static class NumberOrder
{
    /// <summary>Returns a number less than, equal to or greater than 0; null if either value is not a number, or NaN.</summary>
    public static int? Compare(in AttributeValue left, in AttributeValue right)
    {
        if (left.TryGetInteger(out var leftInteger) && right.TryGetInteger(out var rightInteger))
            return leftInteger.CompareTo(rightInteger);
        if (!left.TryGetNumber(out var leftNumber) || !right.TryGetNumber(out var rightNumber))
            return null;
        if (leftNumber < rightNumber)
            return -1;
        if (leftNumber > rightNumber)
            return 1;
        return leftNumber == rightNumber ? 0 : null;
    }
}
