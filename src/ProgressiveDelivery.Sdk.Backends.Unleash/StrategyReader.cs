using System.Net;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.Unleash;

/// <summary>Converts the parameters of a strategy to a condition. A strategy with an unknown name activates nothing.</summary>
internal sealed class StrategyReader(UnleashContextMapping mapping)
{
    /// <summary>The seed for choosing variants, which makes the choice independent of the rollout.</summary>
    public const uint VariantSeed = 86028157;

    private const long Percents = 100;

    /// <summary>Returns the condition, or null if the strategy includes every context.</summary>
    public ConditionDefinition? Read(string feature, JsonElement strategy)
    {
        var parameters = BackendJson.Find(strategy, "parameters") ?? default;
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

    /// <summary>Returns the bucketing of units.</summary>
    /// <param name="group">The text that is hashed with the units.</param>
    /// <param name="stickiness">The field that they are placed by. If it is empty or <c>default</c>: the user, else the session, else a random value.</param>
    /// <param name="buckets">The number of positions.</param>
    /// <param name="seed">The seed of the hash.</param>
    /// <param name="missing">The behavior without the field.</param>
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
        percent is > 0 ? new BucketCondition { Bucketing = bucketing, Ranges = [new(0, percent.Value)] } : new AnyCondition([]);

    private static string[] Listed(JsonElement parameters, string name) =>
        Json.Text(parameters, name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string HostName { get; } = Environment.GetEnvironmentVariable("HOSTNAME") ?? Environment.GetEnvironmentVariable("hostname") ?? Dns.GetHostName();
}
