using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>Converts a flag's filters to one condition. A filter that cannot be read ends the flag only for the evaluations that reach it.</summary>
internal sealed class FilterReader(FeatureManagementContextMapping mapping, FlagFaults faults)
{
    private const string Namespace = "Microsoft.";

    /// <summary>Reads the condition of a list of filters. Filters without a name do not count; if none is left, the condition never holds.</summary>
    public ConditionDefinition Read(Section filters, string nameOfName, string nameOfParameters, RequirementType requirement)
    {
        List<ConditionDefinition> conditions = [];
        foreach (var filter in filters.Items())
        {
            if (filter[nameOfName] is { Length: > 0 } name && !(IsAlwaysOn(name) && !Enum.IsDefined(requirement)))
                conditions.Add(Read(filter, name, filter.Get(nameOfParameters)));
        }

        return conditions switch
        {
            [] => new AnyCondition([]),
            [var only] => only,
            _ => requirement == RequirementType.All ? new AllCondition(conditions) : new AnyCondition(conditions),
        };
    }

    private ConditionDefinition Read(Section filter, string name, Section parameters)
    {
        if (IsAlwaysOn(name))
            return new AllCondition([]);
        try
        {
            return Plain(name) switch
            {
                "TARGETING" => new TargetingReader(mapping, faults).Read(parameters),
                "TIMEWINDOW" => TimeWindowReader.Read(parameters),
                "PERCENTAGE" => Percentage(parameters),
                _ => throw new FlagException($"The feature filter '{name}' specified for feature '{faults.Key}' was not found."),
            };
        }
        catch (FlagException fault)
        {
            return faults.Report(filter, fault.Message);
        }
    }

    // Random at each evaluation: it does not depend on the context.
    private static BucketCondition Percentage(Section parameters)
    {
        var percent = Bound.Integer(parameters, "Value", -1);
        var bucketing = new BucketingDefinition { Algorithm = BucketAlgorithm.Sha256Percent, By = [], Missing = MissingUnit.Random };
        return new() { Bucketing = bucketing, Ranges = percent < 0 ? [] : [new(0, percent)] };
    }

    private static bool IsAlwaysOn(string name) => name.ToUpperInvariant() is "ALWAYSON" or "ON";

    // The namespace is optional.
    private static string Plain(string name) =>
        (name.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase) ? name[Namespace.Length..] : name).ToUpperInvariant();
}
