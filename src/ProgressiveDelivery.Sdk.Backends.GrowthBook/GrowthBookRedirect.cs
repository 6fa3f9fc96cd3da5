using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>
/// The redirect of a visitor by an experiment. The first experiment with URL redirects that includes the visitor decides. The visitor's address is the member <c>url</c> of
/// <see cref="GrowthBookContextMapping.Steering"/>. Its query may choose variations, which is GrowthBook's way of previewing them.
/// </summary>
/// <param name="Experiment">The experiment's key.</param>
/// <param name="Variation">The variation's index.</param>
/// <param name="Address">The address as written in the variation.</param>
/// <param name="FullAddress">The same address, with the visitor's own query if the experiment keeps it. Parameters of the address itself stay unchanged.</param>
public sealed record GrowthBookRedirect(string Experiment, int Variation, string Address, string FullAddress)
{
    /// <summary>The flag of the redirects of all experiments, in order. It exists only if an experiment has any.</summary>
    public const string Flag = "(redirect)";

    private const string Url = "url";

    internal static GrowthBookRedirect? Of(IFeatureEvaluator features, EvaluationContext context, GrowthBookContextMapping? mapping)
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
        // Without this check, the visitor could be redirected in a loop.
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
