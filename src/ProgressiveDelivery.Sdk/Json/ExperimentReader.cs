using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads experiments. Whether the layer and the holdout exist, and the slots are free, is not its business.</summary>
internal static class ExperimentReader
{
    public static ExperimentServe? Read(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("experiment", "an object", element);
            return null;
        }

        state.Enter("experiment");
        state.Take(element, FormatMembers.Experiment, out var members);
        var experiment = Read(state, members);
        state.Leave();
        return experiment;
    }

    private static ExperimentServe Read(ReadState state, in Members members) => new()
    {
        Key = state.RequiredText(members, "key", "the experiment's own name"),
        Split = state.RequirePresent(members, "split", "the variants and their weights") ? ServeReader.ReadWeights(state, members) ?? [] : [],
        Layer = state.Text(members, "layer"),
        Slots = ReadSlots(state, members["slots"]),
        Holdout = state.Text(members, "holdout"),
        Else = state.Text(members, "else"),
        Sticky = ReadSticky(state, members["sticky"]),
        By = state.By(members),
        Salt = state.Text(members, "salt"),
    };

    private static SlotRange? ReadSlots(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
            && TryReadPosition(element[0], out var from) && TryReadPosition(element[1], out var to))
        {
            return new(from, to);
        }

        state.ReportForm("slots", "a list of two whole numbers from 0 to 1000000", element);
        return null;
    }

    private static bool TryReadPosition(JsonElement element, out int position)
    {
        var read = JsonText.TryReadWhole(element, out var whole) && whole is >= int.MinValue and <= int.MaxValue;
        position = read ? (int)whole : 0;
        return read;
    }

    private static StickyDefinition? ReadSticky(ReadState state, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            return null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("sticky", "an object", element);
            return null;
        }

        state.Enter("sticky");
        state.Take(element, FormatMembers.Sticky, out var members);
        state.RequirePresent(members, "version", "a whole number");
        var sticky = new StickyDefinition(state.Whole(members, "version") ?? 0, state.Whole(members, "minimumVersion"));
        state.Leave();
        return sticky;
    }
}
