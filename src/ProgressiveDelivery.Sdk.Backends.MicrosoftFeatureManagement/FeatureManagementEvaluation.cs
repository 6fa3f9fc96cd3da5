using System.Globalization;
using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// One evaluation of a flag in Microsoft's terms: both facets, why the variant was assigned, and the properties of the telemetry event that
/// Microsoft's library publishes. For telemetry and for moving over; ask <see cref="IFeatureEvaluator"/> where speed counts.
/// </summary>
public sealed class FeatureManagementEvaluation
{
    private readonly Explanation _explanation;
    private readonly JsonElement _allocation;
    private readonly JsonElement _telemetry;
    private readonly string? _user;

    private FeatureManagementEvaluation(Explanation explanation, string? user)
    {
        _explanation = explanation;
        _allocation = explanation.Metadata.GetValueOrDefault(FlagNotes.Allocation);
        _telemetry = explanation.Metadata.GetValueOrDefault(FlagNotes.Telemetry);
        _user = user;
    }

    /// <summary>Whether the flag is on, with what the variant says about it.</summary>
    public bool Enabled { get; private init; }

    /// <summary>The name of the variant assigned; null: none.</summary>
    public string? Variant => HasVariants && _explanation.Variant is not (VariantsReader.NoneOn or VariantsReader.NoneOff) ? _explanation.Variant : null;

    /// <summary>The variant's configuration value as JSON text; null: there is none.</summary>
    public string? ConfigurationValue => Variant is null || _explanation.Value == "null" ? null : _explanation.Value;

    /// <summary>Why the variant was assigned: <c>None</c>, <c>DefaultWhenDisabled</c>, <c>DefaultWhenEnabled</c>, <c>User</c>, <c>Group</c> or <c>Percentile</c>.</summary>
    public string VariantAssignmentReason => HasVariants ? ReasonOfVariant() : AssignmentReason.None;

    /// <summary>What is wrong, where the flag cannot be evaluated: the text of Microsoft's exception where there is one; otherwise null.</summary>
    public string? Error => _explanation.Error;

    /// <summary>Whether the flag asks for its evaluations to be published.</summary>
    public bool IsPublished => _telemetry.ValueKind == JsonValueKind.Object && Member.Find(_telemetry, "enabled") is { } enabled && Member.Boolean(enabled) == true;

    private bool HasVariants => _explanation.Metadata.ContainsKey(FlagNotes.Variants);

    /// <summary>Evaluates a flag. It stores and counts nothing; a flag with a percentage filter, which follows chance, may come out otherwise than in another call.</summary>
    /// <param name="features">What answers.</param>
    /// <param name="key">The flag's id, case-sensitive.</param>
    /// <param name="context">Who is asked about.</param>
    /// <param name="mapping">What stands for the user; null: the defaults.</param>
    public static FeatureManagementEvaluation Of(IFeatureEvaluator features, string key, EvaluationContext context, FeatureManagementContextMapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(context);
        var explanation = features.Explain(key, context);
        return new(explanation, UserOf(context, (mapping ?? new()).User))
        {
            Enabled = explanation.IsEnabled == true,
        };
    }

    /// <summary>The properties of the event <c>FeatureEvaluation</c>, all of them text, with the flag's own metadata.</summary>
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
        Add("DefaultWhenEnabled", Member.Text(_allocation, "default_when_enabled"));
        if (Member.Find(_telemetry, "metadata") is { ValueKind: JsonValueKind.Object } notes)
        {
            foreach (var note in notes.EnumerateObject())
                Add(note.Name, Member.Text(note.Value));
        }

        return properties;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                properties[name] = value;
        }
    }

    private string ReasonOfVariant()
    {
        if (_explanation.Reason is EvaluationReason.Off or EvaluationReason.Default)
            return AssignmentReason.DefaultWhenDisabled;
        var rule = _explanation.Steps.LastOrDefault(step => step.Kind == ExplanationKind.Rule);
        return rule?.Steps.LastOrDefault(step => step is { Kind: ExplanationKind.Step, Outcome: ExplanationOutcome.Yes })?.Subject ?? AssignmentReason.None;
    }

    // The width of all ranges of the variant; by default, what the ranges leave over.
    private string? Percentage()
    {
        var ranges = Member.Items(_allocation, "percentile");
        double? percentage = VariantAssignmentReason switch
        {
            AssignmentReason.Percentile => ranges.Where(range => Member.Text(range, "variant") == Variant).Sum(WidthOf),
            AssignmentReason.DefaultWhenEnabled => 100 - ranges.Sum(WidthOf),
            _ => null,
        };
        return percentage?.ToString(CultureInfo.InvariantCulture);
    }

    private static double WidthOf(JsonElement range) => Member.Number(range, "to", 0)!.Value - Member.Number(range, "from", 0)!.Value;

    private static string? UserOf(EvaluationContext context, string reference) =>
        reference == "targetingKey" ? context.TargetingKey : context[reference].AsString();
}
