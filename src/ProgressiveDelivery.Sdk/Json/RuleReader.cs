using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads the rules of a flag. A rule without a readable <c>serve</c> is left out, and its flag is malformed.</summary>
internal static class RuleReader
{
    public static RuleDefinition[] Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterList(ref json, "rules", "a list of rules"))
            return [];

        state.Enter("rules");
        var mark = state.Rules.Mark;
        var index = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (index++ < state.Limits.MaxRulesPerFlag)
                Add(ref json, state, index - 1);
            else
                json.Skip();
        }

        if (index > state.Limits.MaxRulesPerFlag)
            state.Report(DiagnosticCatalog.FlagLimitExceeded(state.Path, state.Subject, $"{index} rules", state.Limits.MaxRulesPerFlag, nameof(SnapshotLimits.MaxRulesPerFlag)));
        state.Leave();
        return state.Rules.Take(mark);
    }

    private static void Add(ref Utf8JsonReader json, ReadState state, int index)
    {
        state.Enter(index);
        if (json.TokenType != JsonTokenType.StartObject)
            state.ReportItem(ref json, "rules", "a list of objects");
        else if (ReadRule(ref json, state) is { } rule)
            state.Rules.Add(rule);
        state.Leave();
    }

    private static RuleDefinition? ReadRule(ref Utf8JsonReader json, ReadState state)
    {
        string? id = null;
        ConditionDefinition? when = null;
        OutcomeDefinition? serve = null;
        var members = new MemberCursor(FormatMembers.Rule);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "id": id = state.Text(ref json, name); break;
                case "when": when = ConditionReader.Read(ref json, state, name); break;
                default: serve = OutcomeReader.Read(ref json, state, name); break;
            }
        }

        if (!members.Has("serve") && !members.IsMisspelt("serve"))
            OutcomeReader.Malformed(state, "is missing from a rule");
        return serve is null ? null : new() { Id = id, When = when, Serve = serve };
    }
}
