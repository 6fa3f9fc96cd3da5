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

        var place = -1;
        for (var i = 0; i < FormatMembers.Operators.Length; i++)
        {
            if (!members.Has(FormatMembers.Operators[i]))
                continue;
            if (place >= 0)
                return SeveralOperators(state, members, attribute);
            place = i;
        }

        return place < 0
            ? WithoutOperator(state, members, attribute)
            : WithOperand(state, members, attribute, place, ignoreCase);
    }

    private static AttributeCondition? WithOperand(ReadState state, in Members members, string attribute, int place, bool ignoreCase)
    {
        var name = FormatMembers.Operators[place];
        var element = members[name];
        if (TryReadOperand(element, out var operand))
            return new(attribute, (AttributeOperator)place, operand, ignoreCase);

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
            state.Report(Diagnostics.UnknownOperator(state.Path, state.Subject, name, FormatMembers.Operators));
            return new(attribute, name);
        }

        state.Report(Diagnostics.NotOneOperator(state.Path, state.Subject, attribute, []));
        return null;
    }

    private static ConditionDefinition? SeveralOperators(ReadState state, in Members members, string attribute)
    {
        var found = new List<string>();
        foreach (var name in FormatMembers.Operators)
        {
            if (members.Has(name))
                found.Add(name);
        }

        state.Report(Diagnostics.NotOneOperator(state.Path, state.Subject, attribute, found));
        return null;
    }
}
