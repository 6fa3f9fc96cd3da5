using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads gates and blackouts. A faulty gate never opens, and a faulty blackout never ends.</summary>
internal static class GateReader
{
    // It has no days and no hours, so it holds at all times.
    private static readonly ScheduleCondition Always = new();

    /// <summary>Reads the gate of a step; null if it is null.</summary>
    public static GateDefinition? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        state.BeginPart();
        var gate = state.TryEnterObject(ref json, "gate", "an object") ? ReadMembers(ref json, state) : new();
        return state.EndPart() is { } fault ? new() { Defect = fault } : gate;
    }

    /// <summary>Reads the blackouts of a rollout; null if they are null.</summary>
    public static ScheduleCondition[]? ReadBlackouts(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        state.BeginPart();
        var blackouts = state.TryEnterList(ref json, "blackouts", "a list of schedules") ? ReadSchedules(ref json, state) : [];
        return state.EndPart() is null ? blackouts : [Always];
    }

    private static GateDefinition ReadMembers(ref Utf8JsonReader json, ReadState state)
    {
        state.Enter("gate");
        var gate = new GateDefinition();
        var members = new MemberCursor(FormatMembers.Gate);
        while (members.MoveNext(ref json, state) is { } name)
        {
            gate = name switch
            {
                "guards" => gate with { Guards = state.Texts(ref json, name) },
                "outcomes" => gate with { Outcomes = state.Long(ref json, name) ?? 0 },
                "minimumTime" => gate with { MinimumTime = state.Duration(ref json, name) ?? TimeSpan.Zero },
                _ => gate with { StepBackAfter = state.Duration(ref json, name) },
            };
        }

        state.Leave();
        return gate;
    }

    private static ScheduleCondition[] ReadSchedules(ref Utf8JsonReader json, ReadState state)
    {
        state.Enter("blackouts");
        var mark = state.Blackouts.Mark;
        for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            state.Enter(index);
            if (json.TokenType != JsonTokenType.StartObject)
                state.ReportItem(ref json, "blackouts", "a list of objects with 'days', 'from', 'to' and 'timeZone'");
            else
                state.Blackouts.Add(ScheduleReader.ReadMembers(ref json, state));
            state.Leave();
        }

        state.Leave();
        return state.Blackouts.Take(mark);
    }
}
