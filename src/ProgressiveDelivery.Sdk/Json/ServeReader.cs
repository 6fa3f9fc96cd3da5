using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads what a step serves; null where it is malformed, which is then reported.</summary>
internal static class ServeReader
{
    /// <summary>What the member <paramref name="name"/> serves; null also where it is absent.</summary>
    public static ServeDefinition? Read(ReadState state, in Members members, string name)
    {
        if (!members.Has(name))
            return null;

        state.Enter(name);
        var serve = Read(state, members[name]);
        state.Leave();
        return serve;
    }

    private static ServeDefinition? Read(ReadState state, JsonElement element)
    {
        if (JsonText.TryRead(element, out var variant))
            return new VariantServe(variant);
        if (element.ValueKind != JsonValueKind.Object)
            return Malformed(state, $"is {JsonText.Describe(element)}");

        state.Take(element, FormatMembers.Serve, out var members);
        return FormOf(state, members) switch
        {
            "split" => ReadSplit(state, members),
            "rollout" => RolloutReader.Read(state, members),
            "experiment" => ExperimentReader.Read(state, members["experiment"]),
            _ => null,
        };
    }

    /// <summary>What a rollout serves those whom it admits: a variant or a split.</summary>
    public static ServeDefinition? ReadAdmitted(ReadState state, JsonElement element)
    {
        if (JsonText.TryRead(element, out var variant))
            return new VariantServe(variant);
        if (element.ValueKind != JsonValueKind.Object)
            return Malformed(state, $"is {JsonText.Describe(element)}");

        state.Take(element, FormatMembers.Serve, out var members);
        return FormOf(state, members) switch
        {
            "split" => ReadSplit(state, members),
            { } form => Malformed(state, $"is '{form}' inside a rollout, which admits to a variant or a split"),
            null => null,
        };
    }

    /// <summary>The weights of the member <c>split</c>; null where it is malformed.</summary>
    public static List<WeightedVariant>? ReadWeights(ReadState state, in Members members)
    {
        var element = members["split"];
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("split", "an object of variants and weights", element);
            return null;
        }

        state.Enter("split");
        var entries = state.NamedMembersOf(element);
        var weights = new List<WeightedVariant>(entries.Count);
        foreach (var (variant, weight) in entries)
        {
            state.EnterKey(variant);
            AddWeight(state, weights, variant, weight);
            state.Leave();
        }

        state.Leave();
        return weights;
    }

    private static void AddWeight(ReadState state, List<WeightedVariant> weights, string variant, JsonElement weight)
    {
        if (JsonText.TryReadExact(weight, out var exact))
            weights.Add(new(variant, exact));
        else if (weight.ValueKind != JsonValueKind.Null)
            state.Report(Diagnostics.InvalidWeights(state.Path, state.Subject.Name, $"gives variant {Diagnostics.Quote(variant)} as weight {JsonText.Describe(weight)}"));
    }

    private static SplitServe? ReadSplit(ReadState state, in Members members)
    {
        var by = state.By(members);
        var salt = state.Text(members, "salt");
        return ReadWeights(state, members) is { } weights ? new SplitServe { Weights = weights, By = by, Salt = salt } : null;
    }

    private static string? FormOf(ReadState state, in Members members)
    {
        var forms = members.CountOf(FormatMembers.ServeFormsMask, out var form);
        if (forms == 1)
            return form;

        Malformed(state, form is null
            ? "has none of the forms that this version knows"
            : $"mixes '{string.Join("' and '", members.NamesOf(FormatMembers.ServeFormsMask))}'");
        return null;
    }

    private static ServeDefinition? Malformed(ReadState state, string wrong)
    {
        state.Report(Diagnostics.InvalidServe(state.Path, state.Subject.Name, wrong));
        return null;
    }
}
