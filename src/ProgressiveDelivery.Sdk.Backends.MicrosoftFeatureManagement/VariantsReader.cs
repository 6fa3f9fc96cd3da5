using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.MicrosoftFeatureManagement;

/// <summary>
/// A flag with variants: whether it is on says its condition, which variant is served its allocation, and a variant may say otherwise
/// about the former. Each variant is there as it is served while the flag is on, and once more where it differs while it is off.
/// </summary>
internal sealed class VariantsReader(FeatureManagementContextMapping mapping, string key, bool enabled, ConditionDefinition? when)
{
    /// <summary>What is served while the flag is on, or off, and no variant is allocated.</summary>
    public const string NoneOn = "(on)";

    /// <inheritdoc cref="NoneOn"/>
    public const string NoneOff = "(off)";

    private readonly TargetingReader _targeting = new(mapping, key);
    private readonly List<VariantDefinition> _variants = [new(NoneOn, default) { Enabled = true }, new(NoneOff, default) { Enabled = false }];
    private readonly Dictionary<string, (VariantValue Value, bool? Override)> _known = new(StringComparer.Ordinal);

    public FlagDefinition Read(JsonElement[] variants, JsonElement? allocation)
    {
        var type = VariantValues.TypeOf(variants);
        foreach (var variant in variants)
            _known[Member.Text(variant, "name") ?? ""] = (VariantValues.Of(variant, type), Override(variant));

        var steps = Steps(allocation ?? default);
        var off = Off(Member.Text(allocation ?? default, "default_when_disabled"));
        return new()
        {
            Key = key,
            Type = type,
            Enabled = enabled,
            OffVariant = off,
            Rules = [new() { Id = "enabled", When = when, Serve = new StepsServe(steps) }],
            Default = off,
            Variants = _variants,
        };
    }

    private List<ServeStep> Steps(JsonElement allocation)
    {
        var steps = new List<ServeStep>();
        foreach (var entry in Member.Items(allocation, "user"))
            steps.Add(new(_targeting.IsUser(Member.Texts(entry, "users")), On(Member.Text(entry, "variant"))) { Id = AssignmentReason.User });
        foreach (var entry in Member.Items(allocation, "group"))
            steps.Add(new(_targeting.InGroup(Member.Texts(entry, "groups")), On(Member.Text(entry, "variant"))) { Id = AssignmentReason.Group });

        BucketShare[] shares = [.. Member.Items(allocation, "percentile").Select(Share)];
        if (shares.Length > 0)
        {
            var seed = Member.Text(allocation, "seed") ?? $"allocation\n{key}";
            steps.Add(new(null, new BucketServe { Bucketing = TargetingReader.Bucketing(mapping, "", $"\n{seed}"), Shares = shares }) { Id = AssignmentReason.Percentile });
        }

        steps.Add(new(null, On(Member.Text(allocation, "default_when_enabled"))) { Id = AssignmentReason.DefaultWhenEnabled });
        return steps;
    }

    private BucketShare Share(JsonElement entry)
    {
        var (from, to) = (Member.Number(entry, "from", 0)!.Value, Member.Number(entry, "to", 0)!.Value);
        if (from is < 0 or > 100 || to is < 0 or > 100 || to < from)
            throw new FlagException("The value is out of the accepted range. (Parameter 'Allocation.Percentile')");
        return new(from, TargetingReader.End(to), On(Member.Text(entry, "variant")));
    }

    // A name that no variant has serves none.
    private string On(string? name)
    {
        if (name is null || !_known.TryGetValue(name, out var variant))
            return NoneOn;
        return Add(name, name, variant.Value, variant.Override ?? true);
    }

    // A flag that is not enabled at all stays off, whatever the variant says.
    private string Off(string? name)
    {
        if (name is null || !_known.TryGetValue(name, out var variant))
            return NoneOff;
        var isOn = enabled && variant.Override == true;
        var before = _variants.Find(known => known.Name == name);
        return before is null || before.Enabled == isOn ? Add(name, name, variant.Value, isOn) : Add($"{name} {NoneOff}", name, variant.Value, isOn);
    }

    private string Add(string name, string label, VariantValue value, bool isOn)
    {
        if (!_variants.Exists(known => known.Name == name))
            _variants.Add(new(name, value) { Enabled = isOn, Label = label });
        return name;
    }

    private static bool? Override(JsonElement variant) => Member.Text(variant, "status_override")?.ToUpperInvariant() switch
    {
        "ENABLED" => true,
        "DISABLED" => false,
        _ => null,
    };
}
