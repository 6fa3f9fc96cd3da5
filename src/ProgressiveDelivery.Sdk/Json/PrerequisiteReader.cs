using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the prerequisites of a flag.</summary>
internal static class PrerequisiteReader
{
    public static PrerequisiteDefinition[] Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterList(ref json, "requires", "a list"))
            return [];

        state.Enter("requires");
        var mark = state.Prerequisites.Mark;
        var index = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            state.Enter(index++);
            if (ReadItem(ref json, state) is { } prerequisite)
                state.Prerequisites.Add(prerequisite);
            state.Leave();
        }

        state.Leave();
        return state.Prerequisites.Take(mark);
    }

    private static PrerequisiteDefinition? ReadItem(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            state.ReportItem(ref json, "requires", "a list of objects with 'flag' and 'variants'");
            return null;
        }

        string? flag = null;
        string[]? variants = null;
        var members = new MemberCursor(FormatMembers.Prerequisite);
        while (members.MoveNext(ref json, state) is { } name)
        {
            if (name == "flag")
                flag = state.Text(ref json, name);
            else
                variants = state.Texts(ref json, name);
        }

        state.RequirePresent(members, "flag", "the key of the flag required");
        state.RequirePresent(members, "variants", "a list of variants' names");
        return flag is null ? null : new() { Flag = flag, Variants = variants ?? [] };
    }
}
