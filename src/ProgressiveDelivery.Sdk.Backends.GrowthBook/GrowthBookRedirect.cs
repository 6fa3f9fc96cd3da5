using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// Where an experiment with URL redirects sends a visitor. The first such experiment that the visitor is in decides. The visitor's address is the member <c>url</c> of
/// <see cref="GrowthBookContextMapping.Steering"/>; it may choose variations by its query, which is GrowthBook's way of looking at them.
/// </summary>
/// <param name="Experiment">The experiment's key.</param>
/// <param name="Variation">The variation's index.</param>
/// <param name="Address">The address as the variation has it.</param>
/// <param name="FullAddress">The same with the visitor's own query where the experiment keeps it: parameters that the address has itself stay as they are.</param>
public sealed record GrowthBookRedirect(string Experiment, int Variation, string Address, string FullAddress)
{
    /// <summary>The flag that has the redirects of all experiments, in their order; there where an experiment has any.</summary>
    public const string Flag = "(redirect)";

    private const string Url = "url";

    /// <summary>Evaluates the redirects. It stores and counts nothing.</summary>
    /// <param name="features">What answers.</param>
    /// <param name="context">Who is asked about, with the address.</param>
    /// <param name="mapping">What stands for GrowthBook's attributes; null: the defaults.</param>
    /// <returns>Where to; null: nowhere, since no such experiment has the visitor, the variation does not redirect, or the experiment runs on that address as well.</returns>
    public static GrowthBookRedirect? Of(IFeatureEvaluator features, EvaluationContext context, GrowthBookContextMapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        mapping ??= new();
        var steering = context[mapping.Steering].Members.ToArray();
        if (steering.FirstOrDefault(member => member.Name == Url).Value.AsString() is not { } visited)
            return null;
        var explanation = features.Explain(Flag, context);
        if (explanation.Rule is null || explanation.Value is not { } value)
            return null;
        using var variation = JsonDocument.Parse(value);
        if (Json.SomeText(variation.RootElement, "urlRedirect") is not { } address)
            return null;

        var experiment = GrowthBookResult.RuleOf(explanation);
        var report = new ExperimentReport(explanation, experiment, context, mapping);
        var full = Json.IsTrue(experiment, "persistQueryString") ? WithQuery(address, visited) : address;
        // Or it would be sent round for ever.
        var members = steering.Where(member => member.Name != Url).Select(member => KeyValuePair.Create(member.Name, member.Value)).Append(new(Url, full));
        var there = context.With(mapping.Steering, AttributeValue.Object(members));
        return features.Explain(Flag, there).Rule == explanation.Rule ? null : new(Json.SomeText(experiment, "key") ?? "", report.Variation, address, full);
    }

    private static string WithQuery(string address, string visited)
    {
        var (place, hash) = UrlPatterns.Cut(address, '#');
        var own = Parameters(place).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var kept = Parameters(UrlPatterns.Cut(visited, '#').Before).Where(parameter => !own.Contains(NameOf(parameter))).ToList();
        if (kept.Count > 0)
            place = $"{place}{(place.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{string.Join('&', kept)}";
        return hash is null ? place : $"{place}#{hash}";
    }

    private static string[] Parameters(string address) => UrlPatterns.Cut(address, '?').After?.Split('&', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string NameOf(string parameter) => UrlPatterns.Cut(parameter, '=').Before;
}
