using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// The steps that allocate a variant while the flag is on: users, groups, ranges of percents, and the variant of all others. An entry that cannot be read ends
/// the evaluations that reach it.
/// </summary>
internal sealed class AllocationReader(FeatureManagementContextMapping mapping, FlagFaults faults, Func<string?, string> serve)
{
    private const string DefaultWhenEnabled = "default_when_enabled";

    private readonly List<OutcomeStep> _steps = [];

    public IReadOnlyList<OutcomeStep> Read(Section allocation)
    {
        if (AddNamed(allocation.Get("user"), "users", AssignmentReason.User, users => TargetingReader.IsUser(mapping, users), allocation)
            && AddNamed(allocation.Get("group"), "groups", AssignmentReason.Group, groups => TargetingReader.InGroup(mapping, groups), allocation)
            && AddPercentiles(allocation.Get("percentile").Children(), allocation))
            _steps.Add(ByDefault(null, allocation));
        return _steps;
    }

    private bool AddNamed(Section entries, string list, string reason, Func<string[], ConditionDefinition> isOneOf, Section allocation)
    {
        foreach (var entry in entries.Children())
        {
            if (entry.Get(list).Texts() is not { } names)
                return Fail(entry, $"Value cannot be null. (Parameter '{(list == "users" ? "users" : "targetedGroups")}')");
            _steps.Add(entry["variant"] is { Length: > 0 } variant ? new() { When = isOneOf(names), Serve = serve(variant), Id = reason } : ByDefault(isOneOf(names), allocation));
        }

        return true;
    }

    // Consecutive ranges are one step: the unit is hashed once.
    private bool AddPercentiles(IReadOnlyList<Section> entries, Section allocation)
    {
        List<BucketShare> shares = [];
        foreach (var entry in entries)
        {
            try
            {
                var (from, to) = Range(entry, allocation);
                if (double.IsNaN(from) || double.IsNaN(to))
                    continue;
                if (entry["variant"] is { Length: > 0 } variant)
                {
                    shares.Add(new(from, TargetingReader.End(to), serve(variant)));
                    continue;
                }

                AddShares(shares, AssignmentReason.Percentile, allocation);
                AddShares([new(from, TargetingReader.End(to), serve(allocation[DefaultWhenEnabled]))], AssignmentReason.DefaultWhenEnabled, allocation);
                shares = [];
            }
            catch (FlagException fault)
            {
                AddShares(shares, AssignmentReason.Percentile, allocation);
                return Fail(entry, fault.Message);
            }
        }

        AddShares(shares, AssignmentReason.Percentile, allocation);
        return true;
    }

    private void AddShares(List<BucketShare> shares, string reason, Section allocation)
    {
        if (shares.Count == 0)
            return;
        var bucketing = TargetingReader.Bucketing(mapping, "", $"\n{allocation["seed"] ?? $"allocation\n{faults.Key}"}");
        _steps.Add(new() { Serve = new BucketOutcome { Bucketing = bucketing, Shares = shares }, Id = reason });
    }

    private (double From, double To) Range(Section entry, Section allocation)
    {
        var (from, to) = (Setting.Number(entry, "from", faults.Key), Setting.Number(entry, "to", faults.Key));
        if (from is < 0 or > 100)
            throw new FlagException("The value is out of the accepted range. (Parameter 'from')");
        if (to is < 0 or > 100)
            throw new FlagException("The value is out of the accepted range. (Parameter 'to')");
        if (from > to)
            throw new FlagException("Value of from cannot be larger than value of to.");
        if (allocation["seed"] is "")
            throw new FlagException("Value cannot be null. (Parameter 'hint')");
        return (from, to);
    }

    private OutcomeStep ByDefault(ConditionDefinition? when, Section allocation) =>
        new() { When = when, Serve = serve(allocation[DefaultWhenEnabled]), Id = AssignmentReason.DefaultWhenEnabled };

    private bool Fail(Section entry, string message)
    {
        _steps.Add(new() { When = faults.Report(entry, message), Serve = serve(null), Id = AssignmentReason.None });
        return false;
    }
}
