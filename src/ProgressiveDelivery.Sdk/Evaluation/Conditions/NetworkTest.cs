namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>inNetwork</c>: an address in one of some CIDR blocks.</summary>
internal sealed class NetworkTest(AttributeReference attribute, AttributeValue operand, NetworkBlock[] blocks)
    : AttributeTest(attribute, "inNetwork", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (!NetworkAddress.TryParse(value.AsString(), out var address))
            return Truth.Unknown;
        foreach (var block in blocks)
        {
            if (block.Contains(address))
                return Truth.True;
        }

        return Truth.False;
    }
}
