using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads outcomes; null if one is malformed, which is then reported.</summary>
internal static class OutcomeReader
{
    /// <summary>Reads the outcome in the member <paramref name="name"/>; also null if that is null.</summary>
    public static OutcomeDefinition? Read(ref Utf8JsonReader json, ReadState state, string name)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        state.Enter(name);
        var serve = Read(ref json, state);
        state.Leave();
        return serve;
    }

    /// <summary>Reads the weights in the member <c>split</c>; null if they are malformed or null.</summary>
    public static WeightedVariant[]? ReadWeights(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "split", "an object of variants and weights"))
            return null;

        state.Enter("split");
        var mark = state.Weights.Mark;
        var names = state.BeginNames();
        while (state.MoveNext(ref json, names, out var place) is { } variant)
        {
            var weight = json.TokenType == JsonTokenType.Null ? null : new WeightedVariant(variant, ReadWeight(ref json, state, variant));
            if (place < 0)
                state.Weights.Add(weight);
            else
                state.Weights.Replace(mark, place, weight);
        }

        state.Leave();
        return WithoutNulls(state.Weights.Take(mark));
    }

    /// <summary>Reports the fault of a malformed outcome, and returns null.</summary>
    public static OutcomeDefinition? Malformed(ReadState state, string wrong)
    {
        state.Report(DiagnosticCatalog.InvalidServe(state.Path, state.Subject.Name, wrong));
        return null;
    }

    private static OutcomeDefinition? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (state.TryRead(ref json, out var variant))
            return new VariantOutcome(variant);
        if (json.TokenType == JsonTokenType.StartObject)
            return ReadObject(ref json, state);

        Malformed(state, $"is {JsonText.Describe(ref json)}");
        json.Skip();
        return null;
    }

    private static OutcomeDefinition? ReadObject(ref Utf8JsonReader json, ReadState state)
    {
        WeightedVariant[]? weights = null;
        RolloutOutcome? rollout = null;
        ExperimentOutcome? experiment = null;
        string[]? by = null;
        string? salt = null, otherwise = null;
        var members = new MemberCursor(FormatMembers.Serve);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "split": weights = ReadWeights(ref json, state); break;
                case "rollout": rollout = RolloutReader.Read(ref json, state); break;
                case "experiment": experiment = ExperimentReader.Read(ref json, state); break;
                case "by": by = state.By(ref json); break;
                case "salt": salt = state.Text(ref json, name); break;
                default: otherwise = state.Text(ref json, name); break;
            }
        }

        return FormOf(state, members) switch
        {
            "split" => weights is null ? null : new SplitOutcome { Weights = weights, By = by, Salt = salt },
            "rollout" => otherwise is null ? rollout : rollout is null ? null : rollout with { Else = otherwise },
            "experiment" => experiment,
            _ => null,
        };
    }

    private static WeightedVariant[] WithoutNulls(WeightedVariant?[] weights) =>
        (Array.IndexOf(weights, null) < 0 ? weights : Array.FindAll(weights, weight => weight is not null))!;

    private static decimal ReadWeight(ref Utf8JsonReader json, ReadState state, string variant)
    {
        if (JsonText.TryReadExact(ref json, out var weight))
            return weight;

        state.EnterKey(variant);
        state.Report(DiagnosticCatalog.InvalidWeights(state.Path, state.Subject.Name, $"gives variant {DiagnosticCatalog.Quote(variant)} as weight {JsonText.Describe(ref json)}"));
        state.Leave();
        json.Skip();
        return 0;
    }

    private static string? FormOf(ReadState state, in MemberCursor members)
    {
        if (members.CountOf(FormatMembers.ServeFormsMask, out var form) == 1)
        {
            members.ReportUnknown(state);
            return form;
        }

        if (form is null && members.HasMisspelt)
            return null;

        Malformed(state, form is null
            ? "has none of the forms that this version knows"
            : $"mixes '{string.Join("' and '", members.NamesOf(FormatMembers.ServeFormsMask))}'");
        return null;
    }
}
