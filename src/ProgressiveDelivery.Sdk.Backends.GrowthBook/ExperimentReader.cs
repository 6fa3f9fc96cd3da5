using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Reads a rule that is an experiment.</summary>
internal sealed class ExperimentReader(GrowthBookContextMapping mapping, string feature, JsonElement rule, Payload payload)
{
    /// <summary>What the step of a variation that the caller chose is called, before its index.</summary>
    public const string Forced = "forced ";

    /// <summary>What the step of a bandit's leaf is called, before its id.</summary>
    public const string Leaf = "leaf ";

    private const string ForcedVariations = "forcedVariations";

    private readonly string _key = Json.SomeText(rule, "key") ?? feature;
    private readonly JsonElement[] _meta = Json.Items(rule, "meta");
    private readonly int _variations = VariationsOf(rule)!.Length;

    private readonly string[] _attributes = AttributesOf(rule, payload.IsSticky);

    /// <summary>The units, the one that counts first.</summary>
    public IReadOnlyList<string> Units => [.. _attributes.SelectMany(mapping.UnitsOf)];

    /// <summary>Whether nobody takes part who was not told to: the caller is looking at variations.</summary>
    public ConditionDefinition IsLookedAt => Steered(AttributeOperator.Equals, true, "qaMode");

    /// <summary>Whether the caller lets experiments be.</summary>
    public ConditionDefinition IsAllowed => new NotCondition(Steered(AttributeOperator.Equals, false, "enabled"));

    /// <summary>The variations; null: the rule is no experiment.</summary>
    public static JsonElement[]? VariationsOf(JsonElement rule) => (Json.Find(rule, "contextualVariations") ?? Json.Find(rule, "variations")) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    /// <summary>
    /// The attributes that people are hashed by: the one for who lacks the other counts only where variations are sticky.
    /// </summary>
    public static string[] AttributesOf(JsonElement rule, bool isSticky)
    {
        var attribute = Json.SomeText(rule, "hashAttribute") ?? "id";
        return isSticky && IsSticky(rule) && Json.SomeText(rule, "fallbackAttribute") is { } fallback ? [attribute, fallback] : [attribute];
    }

    private static bool IsSticky(JsonElement rule) => !Json.Counts(Json.Find(rule, "disableStickyBucketing"));

    /// <summary>The step of a bandit's leaf.</summary>
    public static string LeafStep(JsonElement leaf) => $"{Leaf}{(Json.Find(leaf, "leafId") is { } id ? id.GetRawText() : "?")}";

    /// <summary>What reports call a variation.</summary>
    public string KeyOf(int variation) => (variation < _meta.Length ? Json.SomeText(_meta[variation], "key") : null) ?? variation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether who is in a variation is asked the next rule all the same.</summary>
    public bool PassesThrough(int variation) => variation < _meta.Length && Json.Counts(Json.Find(_meta[variation], "passthrough"));

    /// <param name="names">The variants by variation; null: it passes through.</param>
    /// <param name="always">What holds for who takes part without having been told to.</param>
    /// <param name="conditions">What else holds for who has no variation yet.</param>
    public ServeDefinition Serve(string?[] names, IReadOnlyList<ConditionDefinition> always, IReadOnlyList<ConditionDefinition> conditions)
    {
        if (payload.BanditOf(rule) is not { } bandit)
            return Steps(names, always, conditions, Weights(rule));

        // The first leaf whose condition holds says how the variations are weighted.
        var (steps, passed) = (new List<ServeStep>(), new List<ConditionDefinition>());
        foreach (var leaf in Json.Items(bandit, "contexts"))
        {
            var holds = new ExpressionCondition(payload.Conditions.Read(Json.Find(leaf, "condition") ?? default));
            steps.Add(new(new AllCondition([.. passed, holds]), Steps(names, always, conditions, Weights(leaf))) { Id = LeafStep(leaf) });
            passed.Add(new NotCondition(holds));
        }

        steps.Add(new(new AllCondition(passed), Steps(names, always, conditions, Weights(rule))));
        return new StepsServe(steps);
    }

    // Who is told by the address or by the caller, and then who takes part by the hash.
    private StepsServe Steps(string?[] names, IReadOnlyList<ConditionDefinition> always, IReadOnlyList<ConditionDefinition> conditions, double[]? weights)
    {
        var told = Steered(AttributeOperator.Exists, true, ForcedVariations, _key);
        var steps = new List<ServeStep>();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name)
                steps.Add(new(InQuery(i), name) { Id = StepOf(i) });
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name)
                steps.Add(new(Steered(AttributeOperator.Equals, i, ForcedVariations, _key), name) { Id = StepOf(i) });
        }

        if (Hashing.Of(Hashing.VersionOf(rule), Json.SomeText(rule, "seed") ?? _key, Units) is not { } bucketing)
            return new(steps);
        var split = Split(names, bucketing, weights);
        if (payload.IsSticky && IsSticky(rule))
            steps.Add(new(new AllCondition([new NotCondition(told), .. always]), Sticky(names, bucketing, new StepsServe([new(new AllCondition(conditions), split)]))));
        else
            steps.Add(new(new AllCondition([new NotCondition(told), .. always, .. conditions]), split));
        return new(steps);
    }

    // What is stored counts where a variation has a key of its own.
    private StickyServe Sticky(string?[] names, BucketingDefinition bucketing, ServeDefinition fresh) => new()
    {
        Key = _key,
        Version = VersionOf("bucketVersion"),
        MinimumVersion = VersionOf("minBucketVersion"),
        Bucketing = bucketing,
        By = [.. _attributes.Select(attribute => new StickyUnit(attribute, mapping.UnitsOf(attribute)))],
        Variants = [.. names.Select((_, index) => new StickyVariant(KeyOf(index), Told(names, index), index < _meta.Length && Json.SomeText(_meta[index], "key") is not null))],
        Serve = fresh,
    };

    private int VersionOf(string name) => (int)Math.Clamp(Json.Number(rule, name) ?? 0, 0, int.MaxValue);

    private static string StepOf(int variation) => string.Create(CultureInfo.InvariantCulture, $"{Forced}{variation}");

    // The first parameter of the experiment's key, up to where it is no number any more.
    private AttributeCondition InQuery(int variation)
    {
        var key = Regex.Escape(_key).Replace("/", "\\/", StringComparison.Ordinal);
        var pattern = string.Create(CultureInfo.InvariantCulture, $@"^[^?]*\?(?:(?!{key}=)[^&#?]*&)*{key}=\s*\+?0*{(variation == 0 ? "(?<=0)" : variation)}(?![0-9])");
        return new(mapping.SteeringOf("url"), AttributeOperator.Matches, pattern)
        {
            Missing = Judgement.False,
            Mismatch = Judgement.False,
            Dialect = new() { Patterns = PatternSyntax.EcmaScript },
        };
    }

    private BucketServe Split(string?[] names, BucketingDefinition bucketing, double[]? weights)
    {
        var ranges = Json.Find(rule, "ranges") is { ValueKind: JsonValueKind.Array } given
            ? [.. given.EnumerateArray().Select(range => Ranges.Of(range) ?? new BucketRange(0, 0))]
            : Ranges.Of(_variations, Json.Number(rule, "coverage") ?? 1, weights);
        return new() { Bucketing = bucketing, Shares = [.. ranges.Take(names.Length).Select((range, index) => new BucketShare(range.From, range.To, Told(names, index)))] };
    }

    // An experiment of its own may give all who take part one variation; a rule with that is none.
    private string? Told(string?[] names, int assigned) => Json.Number(rule, "force") switch
    {
        { } told => told >= 0 && told < names.Length ? names[(int)told] : null,
        null => names[assigned],
    };

    private AttributeCondition Steered(AttributeOperator test, AttributeValue operand, params ReadOnlySpan<string> names) =>
        new(mapping.SteeringOf(names), test, operand) { Missing = Judgement.False, Mismatch = Judgement.False };

    private static double[]? Weights(JsonElement parent) => Json.Find(parent, "weights") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(weight => weight.ValueKind == JsonValueKind.Number)
        ? [.. list.EnumerateArray().Select(weight => weight.GetDouble())]
        : null;
}
