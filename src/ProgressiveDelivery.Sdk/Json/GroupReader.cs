using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads segments, layers and holdouts: the groupings that flags refer to. A malformed one carries its defect.</summary>
internal static class GroupReader
{
    public static SegmentDefinition ReadSegment(ReadState state, string name, JsonElement element)
    {
        state.Begin(DiagnosticSubject.Segment(name));
        if (!IsObject(state, element))
            return new() { Name = name, Defect = state.Defect };

        state.Take(element, FormatMembers.Segment, out var members);
        if (MembersExceedLimit(state, members))
            return new() { Name = name, Defect = state.Defect };

        var segment = new SegmentDefinition
        {
            Name = name,
            Include = state.Texts(members, "include") ?? [],
            Exclude = state.Texts(members, "exclude") ?? [],
            When = ConditionReader.Read(state, members, "when"),
            By = state.By(members),
        };
        return state.Defect is null ? segment : segment with { Defect = state.Defect };
    }

    public static LayerDefinition ReadLayer(ReadState state, string name, JsonElement element)
    {
        state.Begin(DiagnosticSubject.Layer(name));
        if (!IsObject(state, element))
            return new() { Name = name, Defect = state.Defect };

        state.Take(element, FormatMembers.Layer, out var members);
        var layer = new LayerDefinition { Name = name, By = state.By(members), Salt = state.Text(members, "salt") };
        return state.Defect is null ? layer : layer with { Defect = state.Defect };
    }

    public static HoldoutDefinition ReadHoldout(ReadState state, string name, JsonElement element)
    {
        state.Begin(DiagnosticSubject.Holdout(name));
        if (!IsObject(state, element))
            return new() { Name = name, Percent = 0, Defect = state.Defect };

        state.Take(element, FormatMembers.Holdout, out var members);
        state.RequirePresent(members, "percent", "a number from 0 to 100");
        var percent = state.Number(members, "percent") ?? 0;
        var holdout = new HoldoutDefinition { Name = name, Percent = percent, By = state.By(members), Salt = state.Text(members, "salt") };
        return state.Defect is null ? holdout : holdout with { Defect = state.Defect };
    }

    private static bool IsObject(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return true;

        state.Report(Diagnostics.WrongForm(state.Path, state.Subject, state.Subject.Name, "an object", JsonText.Describe(element)));
        return false;
    }

    private static bool MembersExceedLimit(ReadState state, in Members segment)
    {
        var count = CountOf(segment["include"]) + CountOf(segment["exclude"]);
        if (count <= state.Limits.MaxSegmentMembers)
            return false;

        state.Report(Diagnostics.FlagLimitExceeded(state.Path, state.Subject, $"{count} members", state.Limits.MaxSegmentMembers, nameof(SnapshotLimits.MaxSegmentMembers)));
        return true;
    }

    private static int CountOf(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
}
