using System.Net;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Makes a condition of a strategy's own parameters. One of a name that there is none of activates nothing.</summary>
internal sealed class StrategyReader(UnleashContextMapping mapping)
{
    /// <summary>The seed by which variants are chosen, so that the choice does not follow the rollout.</summary>
    public const uint VariantSeed = 86028157;

    private const long Percents = 100;

    /// <summary>The condition; null: it is for everybody.</summary>
    public ConditionDefinition? Read(string feature, JsonElement strategy)
    {
        var parameters = Json.Find(strategy, "parameters") ?? default;
        var group = Json.Text(parameters, "groupId");
        return Json.Text(strategy, "name") switch
        {
            "default" => null,
            "userWithId" => ConstraintReader.Test(mapping.UserId, AttributeOperator.In, Listed(parameters, "userIds")),
            "flexibleRollout" => Rollout(Json.Number(parameters, "rollout"), Flexible(group is { Length: > 0 } ? group : feature, Json.Text(parameters, "stickiness"))),
            "gradualRolloutUserId" => Rollout(Json.Number(parameters, "percentage"), Placed(group, [mapping.UserId], MissingUnit.PassOn)),
            "gradualRolloutSessionId" => Rollout(Json.Number(parameters, "percentage"), Placed(group, [mapping.SessionId], MissingUnit.PassOn)),
            "gradualRolloutRandom" => Rollout(Json.Number(parameters, "percentage"), Placed(group, [], MissingUnit.Random)),
            "remoteAddress" => ConstraintReader.Test(mapping.RemoteAddress, AttributeOperator.InNetwork, Listed(parameters, "IPs")),
            "applicationHostname" when Listed(parameters, "hostNames").Contains(HostName, StringComparer.OrdinalIgnoreCase) => null,
            _ => new AnyCondition([]),
        };
    }

    /// <summary>How units are placed.</summary>
    /// <param name="group">What is hashed with them.</param>
    /// <param name="stickiness">The field that they are placed by; empty or <c>default</c>: the user, else the session, else chance.</param>
    /// <param name="buckets">The number of positions.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="missing">What happens without the field.</param>
    public BucketingDefinition Bucketing(string group, string? stickiness, long buckets, uint seed, MissingUnit missing) => new()
    {
        Algorithm = BucketAlgorithm.Murmur3Modulo,
        Buckets = buckets,
        Seed = seed,
        Prefix = group + ":",
        By = stickiness switch
        {
            null or "" or "default" => [mapping.UserId, mapping.SessionId],
            "random" => [],
            _ => [mapping.ReferenceOf(stickiness)],
        },
        Missing = stickiness is null or "" or "default" or "random" ? MissingUnit.Random : missing,
    };

    private BucketingDefinition Flexible(string group, string? stickiness) => Bucketing(group, stickiness, Percents, seed: 0, MissingUnit.PassOn);

    private static BucketingDefinition Placed(string? group, string[] by, MissingUnit missing) => new()
    {
        Algorithm = BucketAlgorithm.Murmur3Modulo,
        Buckets = Percents,
        Prefix = group + ":",
        By = by,
        Missing = missing,
    };

    private static ConditionDefinition Rollout(double? percent, BucketingDefinition bucketing) =>
        percent is > 0 ? new BucketCondition(bucketing, [new(0, percent.Value)]) : new AnyCondition([]);

    private static string[] Listed(JsonElement parameters, string name) =>
        Json.Text(parameters, name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string HostName { get; } = Environment.GetEnvironmentVariable("HOSTNAME") ?? Environment.GetEnvironmentVariable("hostname") ?? Dns.GetHostName();
}
