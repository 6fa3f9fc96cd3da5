using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>How LaunchDarkly places units: SHA-1, and sums in single precision.</summary>
internal static class RolloutReader
{
    private const float WholeWeight = 100_000;

    /// <summary>The bucketing of a rollout.</summary>
    /// <param name="references">Writes references.</param>
    /// <param name="prefix">What is hashed before the unit.</param>
    /// <param name="kind">The kind that is placed, as written.</param>
    /// <param name="bucketBy">The attribute that it is placed by; null: its key.</param>
    public static BucketingDefinition Bucketing(ReferenceReader references, string prefix, string? kind, string? bucketBy) => new()
    {
        Algorithm = BucketAlgorithm.Sha1Fraction,
        Prefix = prefix,
        // A reference that is none places everybody at 0.
        By = bucketBy is null ? [references.KeyOf(kind)] : references.Read(kind, bucketBy) is { } reference ? [reference] : [],
        Units = UnitReading.TextsAndWholeNumbers,
        AcceptsEmpty = true,
        Missing = MissingUnit.Zero,
    };

    public static string Prefix(string key, string? salt, long? seed) =>
        seed is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}.") : $"{key}.{salt}.";

    /// <summary>The end of a weight behind those before it.</summary>
    public static float Add(float sum, long weight) => sum + (weight / WholeWeight);

    /// <summary>What a rollout serves; null: it has no variations.</summary>
    public static ServeDefinition? Read(JsonElement rollout, ReferenceReader references, string key, string? salt, FlagVariations variations)
    {
        JsonElement[] weighted = [.. Json.Items(rollout, "variations")];
        if (weighted.Length == 0)
            return null;

        var isExperiment = Json.Text(rollout, "kind") == "experiment";
        var bucketBy = isExperiment ? null : Json.Text(rollout, "bucketBy");
        var bucketing = Bucketing(references, Prefix(key, salt, Json.Whole(rollout, "seed")), Json.Text(rollout, "contextKind"), bucketBy is { Length: > 0 } ? bucketBy : null);
        var (shares, steps, sum) = (new List<BucketShare>(), new List<ServeStep>(), 0f);
        for (var i = 0; i < weighted.Length; i++)
        {
            var from = sum;
            sum = Add(sum, Json.Whole(weighted[i], "weight") ?? 0);
            // Whoever is left over gets the last.
            var to = i == weighted.Length - 1 ? double.PositiveInfinity : sum;
            var index = Json.Whole(weighted[i], "variation") ?? 0;
            if (variations.NameOf(index, isInExperiment: isExperiment && !Json.IsTrue(weighted[i], "untracked")) is { } variant)
                shares.Add(new(from, to, variant));
            else
                steps.Add(new(new BucketCondition(bucketing, [new(from, to)]), new AbortServe(FlagVariations.Missing(index))));
        }

        var serve = new BucketServe { Bucketing = bucketing, Shares = shares };
        return steps.Count == 0 ? serve : new StepsServe([new(null, serve), .. steps]);
    }
}
