using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary><c>Microsoft.Targeting</c>: excluded users and groups, then users, then shares of groups, then a share of everybody.</summary>
internal sealed class TargetingReader(FeatureManagementContextMapping mapping, string key)
{
    /// <exception cref="FlagException">A share is no percentage.</exception>
    public ConditionDefinition Read(JsonElement parameters)
    {
        if (Member.Find(parameters, "Audience") is not { } audience)
            throw new FlagException("Value cannot be null or empty. (Parameter 'Audience')");

        List<ConditionDefinition> inside = [IsUser(Member.Texts(audience, "Users"))];
        foreach (var group in Member.Items(audience, "Groups"))
            inside.Add(Share(group));
        inside.Add(Percentile(mapping, "", $"\n{key}", 0, Percent(audience, "DefaultRolloutPercentage", "Audience.DefaultRolloutPercentage")));

        var inAudience = new AnyCondition(inside);
        return Member.Find(audience, "Exclusion") is { } exclusion
            ? new AllCondition([new NotCondition(new AnyCondition([IsUser(Member.Texts(exclusion, "Users")), InGroup(Member.Texts(exclusion, "Groups"))])), inAudience])
            : inAudience;
    }

    /// <summary>Whether the user is one of some.</summary>
    public ConditionDefinition IsUser(string[] users) => new AttributeCondition(mapping.User, AttributeOperator.In, users)
    {
        Missing = Judgement.False,
        Mismatch = Judgement.False,
    };

    /// <summary>Whether the user is in one of some groups.</summary>
    public ConditionDefinition InGroup(string[] groups) => new AttributeCondition(mapping.Groups, AttributeOperator.HasAny, groups)
    {
        Missing = Judgement.False,
        Mismatch = Judgement.False,
    };

    /// <summary>Whether the hash of a user, with what stands around it, falls in a range of percents; 100 is inside it where the range ends there.</summary>
    public static BucketCondition Percentile(FeatureManagementContextMapping mapping, string prefix, string suffix, double from, double to) =>
        new(Bucketing(mapping, prefix, suffix), [new(from, End(to))]);

    public static BucketingDefinition Bucketing(FeatureManagementContextMapping mapping, string prefix, string suffix) => new()
    {
        Algorithm = BucketAlgorithm.Sha256Percent,
        By = [mapping.User],
        Prefix = prefix,
        Suffix = suffix,
        Missing = MissingUnit.Empty,
    };

    public static double End(double to) => to == 100 ? double.PositiveInfinity : to;

    private AllCondition Share(JsonElement group)
    {
        var name = Member.Text(group, "Name") ?? "";
        var percent = Percent(group, "RolloutPercentage", $"Audience.Groups[{name}].RolloutPercentage");
        return new([InGroup([name]), Percentile(mapping, "", $"\n{key}\n{name}", 0, percent)]);
    }

    private static double Percent(JsonElement parent, string name, string parameter) =>
        Member.Number(parent, name, 0) is var percent and >= 0 and <= 100
            ? percent.Value
            : throw new FlagException($"The value is out of the accepted range. (Parameter '{parameter}')");
}
