using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads rollouts. Whether shares are percentages and steps ascend is not its business.</summary>
internal static class RolloutReader
{
    public static RolloutServe? Read(ReadState state, in Members serve)
    {
        var element = serve["rollout"];
        var otherwise = state.Text(serve, "else");
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("rollout", "an object", element);
            return null;
        }

        state.Enter("rollout");
        state.Take(element, FormatMembers.Rollout, out var members);
        var rollout = Read(state, members, otherwise);
        state.Leave();
        return rollout;
    }

    private static RolloutServe? Read(ReadState state, in Members members, string? otherwise)
    {
        var to = ReadTo(state, members);
        var rollout = new RolloutServe
        {
            To = to!,
            Percent = state.Number(members, "percent"),
            Steps = ReadSteps(state, members["steps"]),
            Curve = ReadCurve(state, members),
            By = state.By(members),
            Salt = state.Text(members, "salt"),
            Else = otherwise,
        };
        return to is null ? null : rollout;
    }

    private static ServeDefinition? ReadTo(ReadState state, in Members members)
    {
        if (!state.RequirePresent(members, "to", "a variant's name or a split"))
            return null;

        state.Enter("to");
        var to = ServeReader.ReadAdmitted(state, members["to"]);
        state.Leave();
        return to;
    }

    private static List<RolloutStep>? ReadSteps(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (element.ValueKind != JsonValueKind.Array)
        {
            state.ReportForm("steps", "a list of steps", element);
            return null;
        }

        state.Enter("steps");
        var steps = new List<RolloutStep>(element.GetArrayLength());
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            state.Enter(index++);
            if (ReadStep(state, item) is { } step)
                steps.Add(step);
            state.Leave();
        }

        state.Leave();
        return steps;
    }

    private static RolloutStep? ReadStep(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.Report(Diagnostics.WrongForm(state.Path, state.Subject, "steps", "a list of objects with 'at' and 'percent'", JsonText.Describe(element)));
            return null;
        }

        state.Take(element, FormatMembers.Step, out var members);
        var whole = state.RequirePresent(members, "at", "an instant") & state.RequirePresent(members, "percent", "a number from 0 to 100");
        return state.Instant(members, "at") is { } at && state.Number(members, "percent") is { } percent && whole ? new(at, percent) : null;
    }

    private static RolloutCurve ReadCurve(ReadState state, in Members members)
    {
        switch (state.Text(members, "curve"))
        {
            case null or "step":
                return RolloutCurve.Step;
            case "linear":
                return RolloutCurve.Linear;
            default:
                state.ReportForm("curve", "'step' or 'linear'", members["curve"]);
                return RolloutCurve.Step;
        }
    }
}
