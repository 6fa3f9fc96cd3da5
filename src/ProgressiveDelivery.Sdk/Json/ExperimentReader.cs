using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads experiments. Does not check that the layer and the holdout exist, and that the slots are free.</summary>
internal static class ExperimentReader
{
    public static ExperimentOutcome? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "experiment", "an object"))
            return null;

        state.Enter("experiment");
        var experiment = ReadMembers(ref json, state);
        state.Leave();
        return experiment;
    }

    private static ExperimentOutcome? ReadMembers(ref Utf8JsonReader json, ReadState state)
    {
        string? key = null, layer = null, holdout = null, salt = null, otherwise = null;
        SlotRange? slots = null;
        string[]? by = null;
        WeightedVariant[]? split = null;
        StickyDefinition? sticky = null;
        var members = new MemberCursor(FormatMembers.Experiment);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "key": key = state.Text(ref json, name); break;
                case "layer": layer = state.Text(ref json, name); break;
                case "slots": slots = ReadSlots(ref json, state); break;
                case "holdout": holdout = state.Text(ref json, name); break;
                case "by": by = state.By(ref json); break;
                case "salt": salt = state.Text(ref json, name); break;
                case "split": split = OutcomeReader.ReadWeights(ref json, state); break;
                case "else": otherwise = state.Text(ref json, name); break;
                default: sticky = ReadSticky(ref json, state); break;
            }
        }

        var whole = state.RequirePresent(members, "key", "the experiment's own name") & state.RequirePresent(members, "split", "the variants and their weights");
        return whole && key is not null && split is not null
            ? new() { Key = key, Split = split, Layer = layer, Slots = slots, Holdout = holdout, Else = otherwise, Sticky = sticky, By = by, Salt = salt }
            : null;
    }

    private static SlotRange? ReadSlots(ref Utf8JsonReader json, ReadState state)
    {
        const string wanted = "a list of two whole numbers from 0 to 1000000";
        if (!state.TryEnterList(ref json, "slots", wanted))
            return null;

        var count = 0;
        var faultless = true;
        Span<int> ends = [0, 0];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            faultless &= JsonText.TryReadWhole(ref json, out var position) && position is >= int.MinValue and <= int.MaxValue && count < ends.Length;
            if (faultless)
                ends[count] = (int)position;
            count++;
            json.Skip();
        }

        if (faultless && count == ends.Length)
            return new(ends[0], ends[1]);

        state.Report(DiagnosticCatalog.WrongForm(state.PathTo("slots"), state.Subject, "slots", wanted, $"a list of {count}, or of other values"));
        return null;
    }

    private static StickyDefinition? ReadSticky(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "sticky", "an object"))
            return null;

        state.Enter("sticky");
        int? version = null, minimum = null;
        var members = new MemberCursor(FormatMembers.Sticky);
        while (members.MoveNext(ref json, state) is { } name)
        {
            if (name == "version")
                version = state.Whole(ref json, name);
            else
                minimum = state.Whole(ref json, name);
        }

        state.RequirePresent(members, "version", "a whole number");
        state.Leave();
        return version is { } known ? new() { Version = known, MinimumVersion = minimum } : null;
    }
}
