using System.Globalization;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// One evaluation of a flag in Microsoft's terms: both facets, the reason for the variant, and the properties of
/// Microsoft's telemetry event. For telemetry and for migration; use <see cref="IFeatureEvaluator"/> where speed counts.
/// </summary>
public sealed class FeatureManagementEvaluation
{
    private readonly Explanation _explanation;
    private readonly Section _allocation;
    private readonly Section _telemetry;
    private readonly string? _user;

    private FeatureManagementEvaluation(Explanation explanation, string? user)
    {
        _explanation = explanation;
        _allocation = Section.Of(explanation.Metadata.GetValueOrDefault(FlagNotes.Allocation));
        _telemetry = Section.Of(explanation.Metadata.GetValueOrDefault(FlagNotes.Telemetry));
        _user = user;
    }

    /// <summary>Indicates whether the flag is on, including the variant's override.</summary>
    public bool Enabled { get; private init; }

    /// <summary>The name of the variant assigned; null if none.</summary>
    public string? Variant => HasVariants && _explanation.Variant is not (VariantsReader.NoneOn or VariantsReader.NoneOff) ? _explanation.Variant : null;

    /// <summary>The variant's configuration value as JSON text; null if there is none.</summary>
    public string? ConfigurationValue => Variant is null || _explanation.Value == "null" ? null : _explanation.Value;

    /// <summary>The reason for the variant: <c>None</c>, <c>DefaultWhenDisabled</c>, <c>DefaultWhenEnabled</c>, <c>User</c>, <c>Group</c> or <c>Percentile</c>.</summary>
    public string VariantAssignmentReason => HasVariants ? ReasonOfVariant() : AssignmentReason.None;

    /// <summary>The fault, if the flag cannot be evaluated: the text of Microsoft's exception if there is one. Otherwise null.</summary>
    public string? Error => _explanation.Error;

    /// <summary>Indicates whether the flag's evaluations are to be published.</summary>
    public bool IsPublished => bool.TryParse(_telemetry["enabled"], out var enabled) && enabled;

    private bool HasVariants => _explanation.Metadata.ContainsKey(FlagNotes.Variants);

    internal static FeatureManagementEvaluation Of(IFeatureEvaluator features, string key, EvaluationContext context, FeatureManagementContextMapping? mapping)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        var explanation = features.Explain(key, context);
        return new(explanation, UserOf(context, (mapping ?? new()).User))
        {
            Enabled = explanation.IsEnabled == true,
        };
    }

    /// <summary>Returns the properties of the event <c>FeatureEvaluation</c>, all of them text, with the flag's own metadata.</summary>
    public IReadOnlyDictionary<string, string> Properties()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FeatureName"] = _explanation.Flag,
            ["Enabled"] = Enabled ? "True" : "False",
            ["Version"] = "1.0.0",
            ["VariantAssignmentReason"] = VariantAssignmentReason,
        };
        Add("TargetingId", _user);
        Add("Variant", Variant);
        Add("VariantAssignmentPercentage", Percentage());
        Add("DefaultWhenEnabled", _allocation["default_when_enabled"]);
        foreach (var note in _telemetry.Get("metadata").Children())
            Add(note.Key, note.Value);

        return properties;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                properties[name] = value;
        }
    }

    private string ReasonOfVariant()
    {
        if (!_allocation.Exists)
            return AssignmentReason.None;
        if (_explanation.Reason is EvaluationReason.Off or EvaluationReason.Default)
            return AssignmentReason.DefaultWhenDisabled;
        var rule = _explanation.Steps.LastOrDefault(step => step.Kind == ExplanationKind.Rule);
        return rule?.Steps.LastOrDefault(step => step is { Kind: ExplanationKind.Step, Outcome: ExplanationOutcome.Yes })?.Subject ?? AssignmentReason.None;
    }

    // The width of all ranges of the variant; for the default variant, the remainder of all ranges.
    private string? Percentage()
    {
        var ranges = _allocation.Get("percentile").Children();
        double? percentage = VariantAssignmentReason switch
        {
            AssignmentReason.Percentile => ranges.Where(range => range["variant"] == Variant).Sum(WidthOf),
            AssignmentReason.DefaultWhenEnabled => 100 - ranges.Sum(WidthOf),
            _ => null,
        };
        return percentage?.ToString(CultureInfo.InvariantCulture);
    }

    // All ranges up to the one that counts can be read, or the evaluation would have ended before.
    private static double WidthOf(Section range) => Number(range["to"]) - Number(range["from"]);

    private static double Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? UserOf(EvaluationContext context, string reference) =>
        reference == "targetingKey" ? context.TargetingKey : context[reference].AsString();
}
