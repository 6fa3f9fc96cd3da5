using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary><c>Microsoft.Targeting</c>: excluded users and groups, then users, then shares of groups, then a share of all users.</summary>
internal sealed class TargetingReader(FeatureManagementContextMapping mapping, FlagFaults faults)
{
    private const string Parameter = "Microsoft.FeatureManagement.FeatureFilters.Audience";
    private const string Groups = "System.Collections.Generic.List`1[Microsoft.FeatureManagement.FeatureFilters.GroupRollout]";

    /// <exception cref="FlagException">A share is not a percentage, or there is no audience.</exception>
    public ConditionDefinition Read(Section parameters)
    {
        if (parameters.Get("Audience") is not { HasChildren: true } audience)
            throw new FlagException("Value cannot be null. (Parameter 'Audience')");

        var share = Bound.Number(audience, "DefaultRolloutPercentage", 0);
        var groups = ReadGroups(audience.Get("Groups"));
        if (share is < 0 or > 100)
            throw OutOfRange(FormattableString.Invariant($"{Parameter}.{share}"));
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Percentage is < 0 or > 100)
                throw OutOfRange(FormattableString.Invariant($"{Parameter}.{Groups}[{i}].{groups[i].Percentage}"));
        }

        List<ConditionDefinition> inside = [IsUser(mapping, audience.Get("Users").Texts() ?? [])];
        inside.AddRange(groups.DistinctBy(group => group.Name, StringComparer.Ordinal).Select(group => Share(group.Name, group.Percentage, audience)));
        inside.Add(Percentile("", $"\n{faults.Key}", share));
        return Without(audience.Get("Exclusion"), new AnyCondition(inside));
    }

    /// <summary>Returns the condition that the user is in a list.</summary>
    public static ConditionDefinition IsUser(FeatureManagementContextMapping mapping, string[] users) => new AttributeCondition
    {
        Attribute = mapping.User,
        Operator = AttributeOperator.In,
        Operand = users,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
    };

    /// <summary>Returns the condition that the user is in one of the groups.</summary>
    public static ConditionDefinition InGroup(FeatureManagementContextMapping mapping, string[] groups) => new AttributeCondition
    {
        Attribute = mapping.Groups,
        Operator = AttributeOperator.HasAny,
        Operand = groups,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
    };

    public static BucketingDefinition Bucketing(FeatureManagementContextMapping mapping, string prefix, string suffix) => new()
    {
        Algorithm = BucketAlgorithm.Sha256Percent,
        By = [mapping.User],
        Prefix = prefix,
        Suffix = suffix,
        Missing = MissingUnit.Empty,
    };

    /// <summary>Returns the end of a range. A range that ends at 100 includes 100.</summary>
    public static double End(double to) => to == 100 ? double.PositiveInfinity : to;

    // A group that cannot be bound is left out, as by configuration's binder.
    private static List<(string? Name, double Percentage)> ReadGroups(Section groups)
    {
        var read = new List<(string?, double)>();
        foreach (var group in groups.Children())
        {
            if (!group.HasChildren && group.Value is not null)
                continue;
            double percentage;
            try
            {
                percentage = Bound.Number(group, "RolloutPercentage", 0);
            }
            catch (FlagException)
            {
                continue;
            }

            read.Add((group["Name"], percentage));
        }

        return read;
    }

    private ConditionDefinition Without(Section exclusion, ConditionDefinition audience)
    {
        var (users, groups) = (exclusion.Get("Users").Texts() ?? [], exclusion.Get("Groups").Texts() ?? []);
        return users.Length + groups.Length == 0
            ? audience
            : new AllCondition([new NotCondition(new AnyCondition([IsUser(mapping, users), InGroup(mapping, groups)])), audience]);
    }

    // A group without a name ends the evaluations that check a user's groups.
    private AllCondition Share(string? name, double percentage, Section audience) => name is null
        ? new([new AttributeCondition { Attribute = mapping.Groups, Operator = AttributeOperator.Exists, Operand = true }, faults.Report(audience.Get("Groups"), "Value cannot be null. (Parameter 'Name')")])
        : new([InGroup(mapping, [name]), Percentile("", $"\n{faults.Key}\n{name}", percentage)]);

    // An invalid share includes no user.
    private BucketCondition Percentile(string prefix, string suffix, double share) =>
        new() { Bucketing = Bucketing(mapping, prefix, suffix), Ranges = double.IsNaN(share) ? [] : [new(0, End(share))] };

    private static FlagException OutOfRange(string parameter) => new($"The value is out of the accepted range. (Parameter '{parameter}')");
}
