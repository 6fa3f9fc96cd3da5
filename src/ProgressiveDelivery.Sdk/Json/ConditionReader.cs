using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads conditions; null where one is malformed, which is then reported.</summary>
internal static class ConditionReader
{
    /// <summary>The condition that is a member of the place; null also where it is absent.</summary>
    public static ConditionDefinition? Read(ReadState state, in Members members, string name)
    {
        if (!members.Has(name))
            return null;

        state.Enter(name);
        var condition = Read(state, members[name]);
        state.Leave();
        return condition;
    }

    private static ConditionDefinition? Read(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return Malformed(state, $"is {JsonText.Describe(element)}");

        state.Take(element, FormatMembers.Condition, out var members);
        return FormOf(state, members) switch
        {
            "attribute" => AttributeTestReader.Read(state, members),
            "all" => ReadList(state, members, "all") is { } all ? new AllCondition(all) : null,
            "any" => ReadList(state, members, "any") is { } any ? new AnyCondition(any) : null,
            "not" => Read(state, members, "not") is { } not ? new NotCondition(not) : null,
            "segment" => state.Text(members, "segment") is { } segment ? new SegmentCondition(segment) : null,
            "flag" => ReadFlag(state, members),
            "between" => ReadBetween(state, members["between"]),
            "schedule" => ScheduleReader.Read(state, members["schedule"]),
            _ => null,
        };
    }

    private static string? FormOf(ReadState state, in Members members)
    {
        var forms = members.CountOf(FormatMembers.ConditionFormsMask, out var form);
        if (forms > 1)
            return Fault(state, $"mixes '{string.Join("' and '", members.NamesOf(FormatMembers.ConditionFormsMask))}'");
        if (form != "attribute" && members.CountOf(FormatMembers.OperatorsMask, out var stray) > 0)
            return Fault(state, form is null ? $"has '{stray}' without 'attribute'" : $"mixes '{form}' and '{stray}'");
        return form ?? Fault(state, members.Unknown is null ? "is empty" : "has none of the forms that this version knows");
    }

    private static ConditionDefinition[]? ReadList(ReadState state, in Members members, string name)
    {
        var element = members[name];
        if (element.ValueKind != JsonValueKind.Array)
        {
            state.ReportForm(name, "a list of conditions", element);
            return null;
        }

        state.Enter(name);
        var conditions = new ConditionDefinition[element.GetArrayLength()];
        var whole = true;
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            state.Enter(index);
            whole &= (conditions[index++] = Read(state, item)!) is not null;
            state.Leave();
        }

        state.Leave();
        return whole ? conditions : null;
    }

    private static FlagCondition? ReadFlag(ReadState state, in Members members)
    {
        var flag = state.Text(members, "flag");
        return state.RequirePresent(members, "is", "a list of variants' names") && state.Texts(members, "is") is { } variants && flag is not null
            ? new FlagCondition(flag, variants)
            : null;
    }

    private static BetweenCondition? ReadBetween(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
        {
            state.ReportForm("between", "a list of two instants, either of them null where that end is open", element);
            return null;
        }

        state.Enter("between");
        var whole = TryReadEnd(state, element, 0, out var from) & TryReadEnd(state, element, 1, out var to);
        state.Leave();
        return whole ? new(from, to) : null;
    }

    private static bool TryReadEnd(ReadState state, JsonElement ends, int index, out DateTimeOffset? instant)
    {
        instant = null;
        var element = ends[index];
        if (element.ValueKind == JsonValueKind.Null)
            return true;

        state.Enter(index);
        instant = state.Instant(element);
        state.Leave();
        return instant is not null;
    }

    private static string? Fault(ReadState state, string wrong)
    {
        Malformed(state, wrong);
        return null;
    }

    private static ConditionDefinition? Malformed(ReadState state, string wrong)
    {
        state.Report(Diagnostics.WrongConditionForm(state.Path, state.Subject, wrong));
        return null;
    }
}
