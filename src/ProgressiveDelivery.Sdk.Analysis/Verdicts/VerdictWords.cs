namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The words of a verdict. <c>**</c> marks what a page shows in bold.</summary>
/// <param name="plan">The plan.</param>
internal sealed class VerdictWords(ExperimentPlan plan)
{
    public string Quoted(string variant) => $"“{Title(variant)}”";

    public string Title(string variant) => plan.Variants.First(known => known.Key == variant).Title;

    /// <summary>Several variants, such as <c>“B” and “C”</c>.</summary>
    public string List(IReadOnlyList<string> variants, string word) => variants.Count == 1
        ? Quoted(variants[0])
        : $"{string.Join(", ", variants.Take(variants.Count - 1).Select(Quoted))} {word} {Quoted(variants[^1])}";

    /// <summary>The sentence on a variant that is better.</summary>
    public string Better(MetricReport primary, VariantEffect effect)
    {
        var name = Subject(primary.Metric);
        var more = primary.Metric.Direction == MetricDirection.IncreaseIsGood ? "more" : "less";
        if (effect.Relative is { } relative)
        {
            var (estimate, least) = primary.Metric.Direction == MetricDirection.IncreaseIsGood ? (relative.Estimate, relative.Low) : (-relative.Estimate, -relative.High);
            return $"It brings **{Numbers.Size(estimate)} {more} {name}** than {Title(plan.Control.Key)}: at least {Numbers.Size(least)} {more}, with {Numbers.Level(effect.Level)} confidence.";
        }

        return $"It brings {more} {name} than {Title(plan.Control.Key)}, with {Numbers.Level(effect.Level)} confidence.";
    }

    /// <summary>The sentence on a metric that a variant harms.</summary>
    public static string Harm(MetricReport metric, VariantEffect effect)
    {
        var verb = metric.Metric.Direction == MetricDirection.IncreaseIsGood ? "fell" : "rose";
        var by = effect.Relative is { } relative ? $" by **{Numbers.Size(relative.Estimate)}**" : "";
        var allowed = metric.Metric.Role == MetricRole.Guardrail ? Allowed(metric.Metric) : "";
        return $"{metric.Metric.Title} {verb}{by}{allowed}.";
    }

    /// <summary>The sentence on a guardrail that is not clear.</summary>
    public static string HarmPossible(MetricReport metric, VariantEffect effect)
    {
        if (effect.Relative is not { } relative || metric.Metric.Margin is not { } margin)
            return $"{metric.Metric.Title} may still be harmed by more than is allowed.";
        var worst = metric.Metric.Direction == MetricDirection.IncreaseIsGood ? -relative.Low : relative.High;
        return $"{metric.Metric.Title} may still be up to {Numbers.Size(worst)} worse; {Numbers.Level(margin)} is allowed.";
    }

    /// <summary>A metric inside of a sentence.</summary>
    public static string Subject(Metric metric) => metric.Title.Length > 1 && char.IsUpper(metric.Title[0]) && !char.IsUpper(metric.Title[1])
        ? char.ToLowerInvariant(metric.Title[0]) + metric.Title[1..]
        : metric.Title;

    private static string Allowed(Metric metric) => metric.Margin is { } margin
        ? $", by more than the {Numbers.Level(margin)} allowed"
        : FormattableString.Invariant($", by more than the {metric.AbsoluteMargin} allowed");
}
