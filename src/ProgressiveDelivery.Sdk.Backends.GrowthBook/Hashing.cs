using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Converts GrowthBook's hashing of units to bucketing.</summary>
internal static class Hashing
{
    private const int First = 1;
    private const int Second = 2;
    private const int Thousand = 1_000;
    private const int TenThousand = 10_000;

    /// <summary>Returns the bucketing of a hash version, or null if the version is unknown. Then no unit is placed.</summary>
    public static BucketingDefinition? Of(double version, string seed, IReadOnlyList<string> units) => version switch
    {
        First => new() { Algorithm = BucketAlgorithm.Fnv1aFraction, Buckets = Thousand, Suffix = seed, By = units, Units = UnitReading.EcmaScriptTruthy },
        Second => new() { Algorithm = BucketAlgorithm.Fnv1aTwiceFraction, Buckets = TenThousand, Prefix = seed, By = units, Units = UnitReading.EcmaScriptTruthy },
        _ => null,
    };

    /// <summary>Returns the version that a rule or a filter names, or a default if it names none or 0.</summary>
    public static double VersionOf(JsonElement rule, double fallback = First) => Json.Number(rule, "hashVersion") is { } version and not 0 ? version : fallback;

    /// <summary>Returns the condition that a unit is in one of the ranges. It never holds if the hash is unknown.</summary>
    public static ConditionDefinition In(BucketingDefinition? bucketing, params IReadOnlyList<BucketRange> ranges) =>
        bucketing is null ? new AnyCondition([]) : new BucketCondition { Bucketing = bucketing, Ranges = ranges };

    /// <summary>Returns the condition of the namespace's range, which no unit satisfies if it is malformed; null without a namespace. Experiments that exclude each other divide a namespace.</summary>
    public static ConditionDefinition? Namespace(JsonElement? @namespace, IReadOnlyList<string> units) => !Json.Counts(@namespace) ? null
        : @namespace is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() >= 3 && list[0].ValueKind == JsonValueKind.String && list[1].ValueKind == JsonValueKind.Number && list[2].ValueKind == JsonValueKind.Number
            ? In(Of(First, $"__{list[0].GetString()}", units), new BucketRange(list[1].GetDouble(), list[2].GetDouble()))
            : new AnyCondition([]);

    /// <summary>Returns the conditions of a list of filters: for each filter, the unit is in one of its ranges.</summary>
    public static IEnumerable<ConditionDefinition> Filters(JsonElement rule, GrowthBookContextMapping mapping) => Json.Items(rule, "filters").Select(filter => In(
        Of(VersionOf(filter, Second), Json.Text(filter, "seed") ?? "", mapping.UnitsOf(Json.SomeText(filter, "attribute") ?? "id")),
        [.. Json.Items(filter, "ranges").Select(range => Ranges.Of(range)).OfType<BucketRange>()]));
}
