using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Converts LaunchDarkly's rollouts: SHA-1, and sums in single precision.</summary>
internal static class RolloutReader
{
    private const float WholeWeight = 100_000;

    /// <summary>Returns the bucketing of a rollout.</summary>
    /// <param name="references">Writes references.</param>
    /// <param name="prefix">The text that is hashed before the unit.</param>
    /// <param name="kind">The kind that is placed, as written.</param>
    /// <param name="bucketBy">The attribute that it is placed by; null for its key.</param>
    public static BucketingDefinition Bucketing(ReferenceReader references, string prefix, string? kind, string? bucketBy) => new()
    {
        Algorithm = BucketAlgorithm.Sha1Fraction,
        Prefix = prefix,
        // An invalid reference places every unit at 0.
        By = bucketBy is null ? [references.KeyOf(kind)] : references.Read(kind, bucketBy) is { } reference ? [reference] : [],
        Units = UnitReading.TextsAndWholeNumbers,
        AcceptsEmpty = true,
        Missing = MissingUnit.Zero,
    };

    public static string Prefix(string key, string? salt, long? seed) =>
        seed is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}.") : $"{key}.{salt}.";

    /// <summary>Returns the end of a weight after the weights before it.</summary>
    public static float Add(float sum, long weight) => sum + (weight / WholeWeight);

    /// <summary>Returns the outcome of a rollout, or null if it has no variations.</summary>
    public static OutcomeDefinition? Read(JsonElement rollout, ReferenceReader references, string key, string? salt, FlagVariations variations)
    {
        JsonElement[] weighted = [.. Json.Items(rollout, "variations")];
        if (weighted.Length == 0)
            return null;

        var isExperiment = Json.Text(rollout, "kind") == "experiment";
        var bucketBy = isExperiment ? null : Json.Text(rollout, "bucketBy");
        var bucketing = Bucketing(references, Prefix(key, salt, Json.Whole(rollout, "seed")), Json.Text(rollout, "contextKind"), bucketBy is { Length: > 0 } ? bucketBy : null);
        var (shares, steps, sum) = (new List<BucketShare>(), new List<OutcomeStep>(), 0f);
        for (var i = 0; i < weighted.Length; i++)
        {
            var from = sum;
            sum = Add(sum, Json.Whole(weighted[i], "weight") ?? 0);
            // The last variation gets the remainder.
            var to = i == weighted.Length - 1 ? double.PositiveInfinity : sum;
            var index = Json.Whole(weighted[i], "variation") ?? 0;
            if (variations.NameOf(index, isInExperiment: isExperiment && !Json.IsTrue(weighted[i], "untracked")) is { } variant)
                shares.Add(new(from, to, variant));
            else
                steps.Add(new() { When = new BucketCondition { Bucketing = bucketing, Ranges = [new(from, to)] }, Serve = new AbortOutcome(FlagVariations.Missing(index)) });
        }

        var serve = new BucketOutcome { Bucketing = bucketing, Shares = shares };
        return steps.Count == 0 ? serve : new StepsOutcome([new() { Serve = serve }, .. steps]);
    }
}
