using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test on one attribute. A missing or null attribute is unknown; so is one of a kind that the test cannot judge.</summary>
internal abstract class AttributeTest(AttributeReference attribute, string @operator, AttributeValue operand) : Condition
{
    public override string Describe() => $"{attribute.Text} {@operator} {operand}";

    protected abstract Truth Judge(in AttributeValue value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override Truth Decide(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        return value.IsNull ? Truth.Unknown : Judge(in value);
    }

    protected override string Detail(in EvaluationInput input)
    {
        ref readonly var value = ref attribute.Read(in input);
        if (value.IsNull)
            return "the attribute is missing";
        var shown = attribute.IsPrivate(in input) ? "(private)" : value.ToString();
        return Judge(in value) == Truth.Unknown ? $"it is {shown}, which this test cannot judge" : $"it is {shown}";
    }
}
