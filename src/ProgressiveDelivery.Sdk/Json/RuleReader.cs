using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the rules of a flag; those without a readable <c>serve</c> are left out, the flag being malformed.</summary>
internal static class RuleReader
{
    public static IReadOnlyList<RuleDefinition> Read(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            state.ReportForm("rules", "a list of rules", element);
            return [];
        }

        var count = element.GetArrayLength();
        if (count > state.Limits.MaxRulesPerFlag)
        {
            state.Report(Diagnostics.FlagLimitExceeded(state.PathTo("rules"), state.Subject, $"{count} rules", state.Limits.MaxRulesPerFlag, nameof(SnapshotLimits.MaxRulesPerFlag)));
            return [];
        }

        state.Enter("rules");
        var rules = new List<RuleDefinition>(count);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            state.Enter(index++);
            if (ReadRule(state, item) is { } rule)
                rules.Add(rule);
            state.Leave();
        }

        state.Leave();
        return rules;
    }

    private static RuleDefinition? ReadRule(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.Report(Diagnostics.WrongForm(state.Path, state.Subject, "rules", "a list of objects", JsonText.Describe(element)));
            return null;
        }

        state.Take(element, FormatMembers.Rule, out var members);
        var id = state.Text(members, "id");
        var when = ConditionReader.Read(state, members, "when");
        if (!members.Has("serve"))
            state.Report(Diagnostics.InvalidServe(state.Path, state.Subject.Name, "is missing from a rule"));
        return ServeReader.Read(state, members, "serve") is { } serve ? new() { Id = id, When = when, Serve = serve } : null;
    }
}
