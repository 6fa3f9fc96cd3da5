using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The result of a feature as GrowthBook's own libraries give it, for migration; use <see cref="IFeatureEvaluator"/> where speed counts.</summary>
public sealed class GrowthBookResult
{
    private GrowthBookResult(string? value, string source) => (Value, Source) = (value, source);

    /// <summary>The value as JSON; null if it is null.</summary>
    public string? Value { get; }

    /// <summary>The origin of the value: <c>defaultValue</c>, <c>force</c>, <c>experiment</c>, <c>prerequisite</c>, <c>cyclicPrerequisite</c> or <c>unknownFeature</c>.</summary>
    public string Source { get; }

    /// <summary>Indicates whether the value counts as true in ECMAScript.</summary>
    public bool On { get; private init; }

    /// <summary>The id of the rule that decided; empty if the rule has none, or no rule decided.</summary>
    public string RuleId { get; private init; } = "";

    /// <summary>The experiment that decided, as JSON in GrowthBook's form; null if none did.</summary>
    public string? Experiment { get; private init; }

    /// <summary>The result of the experiment, as JSON in GrowthBook's form; null if there was none.</summary>
    public string? ExperimentResult { get; private init; }

    internal static GrowthBookResult Of(IFeatureEvaluator features, string feature, EvaluationContext context, GrowthBookContextMapping? mapping)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        var explanation = features.Explain(feature, context);
        var value = explanation.Value == "null" ? null : explanation.Value;
        switch (explanation.Reason)
        {
            case EvaluationReason.FlagNotFound:
                return new(null, "unknownFeature");
            case EvaluationReason.Error:
                return new(null, "cyclicPrerequisite");
            case var _ when explanation.Rule is null:
                return new(value, "defaultValue") { On = explanation.IsEnabled == true };
            case var _ when explanation.Variant == FeatureVariants.Blocked:
                return new(null, "prerequisite");
        }

        var rule = RuleOf(explanation);
        var id = Json.SomeText(rule, "id") ?? "";
        if (rule.TryGetProperty("force", out _) && ExperimentReader.VariationsOf(rule) is null)
            return new(value, "force") { On = explanation.IsEnabled == true, RuleId = id };
        var report = new ExperimentReport(explanation, rule, context, mapping ?? new());
        return new(value, "experiment")
        {
            On = explanation.IsEnabled == true,
            RuleId = id,
            Experiment = report.Experiment().ToJsonString(),
            ExperimentResult = report.Result(value).ToJsonString(),
        };
    }

    internal static JsonElement RuleOf(Explanation explanation) => explanation.Metadata[FeatureNotes.Rules].EnumerateArray()
        .Where((rule, index) => FeatureReader.IdOf(rule, index) == explanation.Rule).First();
}
