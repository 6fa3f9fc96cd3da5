using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads rollouts. Does not check that shares are percentages and steps ascend.</summary>
internal static class RolloutReader
{
    public static RolloutOutcome? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "rollout", "an object"))
            return null;

        state.Enter("rollout");
        var rollout = ReadMembers(ref json, state);
        state.Leave();
        return rollout;
    }

    private static RolloutOutcome? ReadMembers(ref Utf8JsonReader json, ReadState state)
    {
        OutcomeDefinition? to = null;
        decimal? percent = null;
        RolloutStep[]? steps = null;
        ScheduleCondition[]? blackouts = null;
        var curve = RolloutCurve.Step;
        string[]? by = null;
        string? salt = null;
        var members = new MemberCursor(FormatMembers.Rollout);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "by": by = state.By(ref json); break;
                case "salt": salt = state.Text(ref json, name); break;
                case "to": to = ReadTo(ref json, state); break;
                case "percent": percent = state.Number(ref json, name); break;
                case "steps": steps = ReadSteps(ref json, state); break;
                case "curve": curve = ReadCurve(ref json, state); break;
                default: blackouts = GateReader.ReadBlackouts(ref json, state); break;
            }
        }

        return state.RequirePresent(members, "to", "a variant's name or a split") && to is not null
            ? new() { To = to, Percent = percent, Steps = steps, Curve = curve, Blackouts = blackouts, By = by, Salt = salt }
            : null;
    }

    private static OutcomeDefinition? ReadTo(ref Utf8JsonReader json, ReadState state)
    {
        var to = OutcomeReader.Read(ref json, state, "to");
        if (to is not (RolloutOutcome or ExperimentOutcome))
            return to;

        state.Enter("to");
        OutcomeReader.Malformed(state, "is a rollout or an experiment inside a rollout, which admits to a variant or a split");
        state.Leave();
        return null;
    }

    private static RolloutStep[]? ReadSteps(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterList(ref json, "steps", "a list of steps"))
            return null;

        state.Enter("steps");
        var mark = state.Steps.Mark;
        var index = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            state.Enter(index++);
            if (ReadStep(ref json, state) is { } step)
                state.Steps.Add(step);
            state.Leave();
        }

        state.Leave();
        return state.Steps.Take(mark);
    }

    private static RolloutStep? ReadStep(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            state.ReportItem(ref json, "steps", "a list of objects with 'at' and 'percent'");
            return null;
        }

        DateTimeOffset? at = null;
        decimal? percent = null;
        GateDefinition? gate = null;
        var members = new MemberCursor(FormatMembers.Step);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "at": at = state.Instant(ref json, name); break;
                case "percent": percent = state.Number(ref json, name); break;
                default: gate = GateReader.Read(ref json, state); break;
            }
        }

        var whole = state.RequirePresent(members, "at", "an instant") & state.RequirePresent(members, "percent", "a number from 0 to 100");
        return whole && at is { } instant && percent is { } share ? new(instant, share) { Gate = gate } : null;
    }

    private static RolloutCurve ReadCurve(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.Null || (state.TryRead(ref json, out var curve) && curve == "step"))
            return RolloutCurve.Step;
        if (curve == "linear")
            return RolloutCurve.Linear;

        state.ReportForm(ref json, "curve", "'step' or 'linear'");
        return RolloutCurve.Step;
    }
}
