using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads tests on one attribute. Whether the operand suits the operator is not its business.</summary>
internal static class AttributeTestReader
{
    public static ConditionDefinition? Read(ReadState state, in Members members)
    {
        var attribute = state.Text(members, "attribute");
        var ignoreCase = state.Boolean(members, "ignoreCase") ?? false;
        if (attribute is null)
            return null;

        return members.CountOf(FormatMembers.OperatorsMask, out var name) switch
        {
            0 => WithoutOperator(state, members, attribute),
            1 => WithOperand(state, attribute, name!, members[name!], ignoreCase),
            _ => SeveralOperators(state, members, attribute),
        };
    }

    private static AttributeCondition? WithOperand(ReadState state, string attribute, string name, JsonElement element, bool ignoreCase)
    {
        if (TryReadOperand(element, out var operand))
            return new(attribute, AttributeOperators.Parse(name), operand, ignoreCase);

        state.Report(Diagnostics.InvalidOperand(state.PathTo(name), state.Subject, name, "a text, a number, a boolean or a list of these", JsonText.Describe(element)));
        return null;
    }

    private static bool TryReadOperand(JsonElement element, out AttributeValue operand)
    {
        if (element.ValueKind != JsonValueKind.Array)
            return AttributeJson.TryReadScalar(element, out operand);

        operand = default;
        var items = new AttributeValue[element.GetArrayLength()];
        var count = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (!AttributeJson.TryReadScalar(item, out items[count++]))
                return false;
        }

        operand = AttributeValue.List(items);
        return true;
    }

    private static UnknownOperatorCondition? WithoutOperator(ReadState state, in Members members, string attribute)
    {
        if (members.Unknown is { } unknown && JsonText.TryReadName(unknown, out var name))
        {
            state.Report(Diagnostics.UnknownOperator(state.Path, state.Subject, name, AttributeOperators.Names));
            return new(attribute, name);
        }

        state.Report(Diagnostics.NotOneOperator(state.Path, state.Subject, attribute, []));
        return null;
    }

    private static ConditionDefinition? SeveralOperators(ReadState state, in Members members, string attribute)
    {
        state.Report(Diagnostics.NotOneOperator(state.Path, state.Subject, attribute, members.NamesOf(FormatMembers.OperatorsMask)));
        return null;
    }
}
