using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads segments, layers and holdouts, to which flags refer. A malformed one carries its defect.</summary>
internal static class GroupReader
{
    public static SegmentDefinition ReadSegment(ref Utf8JsonReader json, ReadState state, string name)
    {
        state.Begin(DiagnosticSubject.Segment(name));
        if (!IsObject(ref json, state))
            return new() { Name = name, Defect = state.Defect };

        string[]? by = null;
        string[] include = [], exclude = [];
        ConditionDefinition? when = null;
        var members = new MemberCursor(FormatMembers.Segment);
        while (members.MoveNext(ref json, state) is { } member)
        {
            switch (member)
            {
                case "by": by = state.By(ref json); break;
                case "include": include = state.Texts(ref json, member, state.Limits.MaxSegmentMembers - exclude.Length) ?? []; break;
                case "exclude": exclude = state.Texts(ref json, member, state.Limits.MaxSegmentMembers - include.Length) ?? []; break;
                default: when = ConditionReader.Read(ref json, state, member); break;
            }
        }

        return new() { Name = name, By = by, Include = include, Exclude = exclude, When = when, Defect = state.Defect };
    }

    public static LayerDefinition ReadLayer(ref Utf8JsonReader json, ReadState state, string name)
    {
        state.Begin(DiagnosticSubject.Layer(name));
        if (!IsObject(ref json, state))
            return new() { Name = name, Defect = state.Defect };

        string[]? by = null;
        string? salt = null;
        var members = new MemberCursor(FormatMembers.Layer);
        while (members.MoveNext(ref json, state) is { } member)
        {
            if (member == "by")
                by = state.By(ref json);
            else
                salt = state.Text(ref json, member);
        }

        return new() { Name = name, By = by, Salt = salt, Defect = state.Defect };
    }

    public static HoldoutDefinition ReadHoldout(ref Utf8JsonReader json, ReadState state, string name)
    {
        state.Begin(DiagnosticSubject.Holdout(name));
        if (!IsObject(ref json, state))
            return new() { Name = name, Percent = 0, Defect = state.Defect };

        string[]? by = null;
        string? salt = null;
        decimal? percent = null;
        var members = new MemberCursor(FormatMembers.Holdout);
        while (members.MoveNext(ref json, state) is { } member)
        {
            switch (member)
            {
                case "by": by = state.By(ref json); break;
                case "salt": salt = state.Text(ref json, member); break;
                default: percent = state.Number(ref json, member); break;
            }
        }

        state.RequirePresent(members, "percent", "a number from 0 to 100");
        return new() { Name = name, By = by, Salt = salt, Percent = percent ?? 0, Defect = state.Defect };
    }

    private static bool IsObject(ref Utf8JsonReader json, ReadState state)
    {
        if (json.TokenType == JsonTokenType.StartObject)
            return true;

        state.ReportItem(ref json, state.Subject.Name, "an object");
        return false;
    }
}
