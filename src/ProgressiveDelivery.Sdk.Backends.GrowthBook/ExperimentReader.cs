using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>Reads a rule that is an experiment.</summary>
internal sealed class ExperimentReader(GrowthBookContextMapping mapping, string feature, JsonElement rule, Payload payload)
{
    /// <summary>The prefix of the step of a variation that the caller chose, before its index.</summary>
    public const string Forced = "forced ";

    /// <summary>The prefix of the step of a bandit's leaf, before its id.</summary>
    public const string Leaf = "leaf ";

    private const string ForcedVariations = "forcedVariations";

    // Each variation, and each context of a bandit, adds conditions of its own.
    private const int MaxParts = 1_000;

    private readonly string _key = Json.SomeText(rule, "key") ?? feature;
    private readonly JsonElement[] _meta = Json.Items(rule, "meta");
    private readonly int _variations = Limited(VariationsOf(rule)!.Length, "variations");

    private readonly string[] _attributes = AttributesOf(rule, payload.IsSticky);

    /// <summary>The units, in order of precedence.</summary>
    public IReadOnlyList<string> Units => [.. _attributes.SelectMany(mapping.UnitsOf)];

    /// <summary>The condition that the caller is previewing variations: only forced ones are served.</summary>
    public ConditionDefinition IsLookedAt => Steered(AttributeOperator.Equals, true, "qaMode");

    /// <summary>The condition that the caller has not disabled experiments.</summary>
    public ConditionDefinition IsAllowed => new NotCondition(Steered(AttributeOperator.Equals, false, "enabled"));

    /// <summary>Returns the variations, or null if the rule is not an experiment.</summary>
    public static JsonElement[]? VariationsOf(JsonElement rule) => (BackendJson.Find(rule, "contextualVariations") ?? BackendJson.Find(rule, "variations")) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    /// <summary>
    /// Returns the attributes to hash units by. The fallback attribute counts only if variations are sticky.
    /// </summary>
    public static string[] AttributesOf(JsonElement rule, bool isSticky)
    {
        var attribute = Json.SomeText(rule, "hashAttribute") ?? "id";
        return isSticky && IsSticky(rule) && Json.SomeText(rule, "fallbackAttribute") is { } fallback ? [attribute, fallback] : [attribute];
    }

    private static int Limited(int count, string what) => count <= MaxParts
        ? count
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"it has {count} {what}, and the limit is {MaxParts}"));

    private static bool IsSticky(JsonElement rule) => !Json.Counts(BackendJson.Find(rule, "disableStickyBucketing"));

    /// <summary>Returns the step of a bandit's leaf.</summary>
    public static string LeafStep(JsonElement leaf) => $"{Leaf}{(BackendJson.Find(leaf, "leafId") is { } id ? id.GetRawText() : "?")}";

    /// <summary>Returns the name of a variation in reports.</summary>
    public string KeyOf(int variation) => (variation < _meta.Length ? Json.SomeText(_meta[variation], "key") : null) ?? variation.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns whether evaluation continues with the next rule after a variation.</summary>
    public bool PassesThrough(int variation) => variation < _meta.Length && Json.Counts(BackendJson.Find(_meta[variation], "passthrough"));

    /// <param name="names">The variants by variation; null for one that passes through.</param>
    /// <param name="always">The conditions for every unit without a forced variation.</param>
    /// <param name="conditions">Further conditions for units that have no variation yet.</param>
    public OutcomeDefinition Serve(string?[] names, IReadOnlyList<ConditionDefinition> always, IReadOnlyList<ConditionDefinition> conditions)
    {
        if (payload.BanditOf(rule) is not { } bandit)
            return Steps(names, always, conditions, Weights(rule));

        // The first leaf whose condition holds sets the weights of the variations.
        var (steps, passed) = (new List<OutcomeStep>(), new List<ConditionDefinition>());
        var leaves = Json.Items(bandit, "contexts");
        _ = Limited(leaves.Length, "contexts of a bandit");
        foreach (var leaf in leaves)
        {
            var holds = new ExpressionCondition(payload.Conditions.Read(BackendJson.Find(leaf, "condition") ?? default));
            steps.Add(new() { When = new AllCondition([.. passed, holds]), Serve = Steps(names, always, conditions, Weights(leaf)), Id = LeafStep(leaf) });
            passed.Add(new NotCondition(holds));
        }

        steps.Add(new() { When = new AllCondition(passed), Serve = Steps(names, always, conditions, Weights(rule)) });
        return new StepsOutcome(steps);
    }

    // First the variations forced by the address or by the caller, then the split by the hash.
    private StepsOutcome Steps(string?[] names, IReadOnlyList<ConditionDefinition> always, IReadOnlyList<ConditionDefinition> conditions, double[]? weights)
    {
        var told = Steered(AttributeOperator.Exists, true, ForcedVariations, _key);
        var steps = new List<OutcomeStep>();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name)
                steps.Add(new() { When = InQuery(i), Serve = name, Id = StepOf(i) });
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is { } name)
                steps.Add(new() { When = Steered(AttributeOperator.Equals, i, ForcedVariations, _key), Serve = name, Id = StepOf(i) });
        }

        if (Hashing.Of(Hashing.VersionOf(rule), Json.SomeText(rule, "seed") ?? _key, Units) is not { } bucketing)
            return new(steps);
        var split = Split(names, bucketing, weights);
        if (payload.IsSticky && IsSticky(rule))
            steps.Add(new() { When = new AllCondition([new NotCondition(told), .. always]), Serve = Sticky(names, bucketing, new StepsOutcome([new() { When = new AllCondition(conditions), Serve = split }])) });
        else
            steps.Add(new() { When = new AllCondition([new NotCondition(told), .. always, .. conditions]), Serve = split });
        return new(steps);
    }

    // A stored variation counts if the variation has a key of its own.
    private StickyOutcome Sticky(string?[] names, BucketingDefinition bucketing, OutcomeDefinition fresh) => new()
    {
        Key = _key,
        Sticky = new() { Version = VersionOf("bucketVersion"), MinimumVersion = VersionOf("minBucketVersion") },
        Bucketing = bucketing,
        By = [.. _attributes.Select(attribute => new StickyUnit { Name = attribute, References = mapping.UnitsOf(attribute) })],
        Variants = [.. names.Select((_, index) => new StickyVariant { Name = KeyOf(index), Variant = Told(names, index), IsHonored = index < _meta.Length && Json.SomeText(_meta[index], "key") is not null })],
        Serve = fresh,
        // All units get one variation, which was not assigned to them.
        IsReadOnly = Json.Number(rule, "force") is not null,
    };

    private int VersionOf(string name) => (int)Math.Clamp(Json.Number(rule, name) ?? 0, 0, int.MaxValue);

    private static string StepOf(int variation) => string.Create(CultureInfo.InvariantCulture, $"{Forced}{variation}");

    // The first parameter of the experiment's key, up to the end of its number.
    private AttributeCondition InQuery(int variation)
    {
        var key = Regex.Escape(_key).Replace("/", "\\/", StringComparison.Ordinal);
        var pattern = string.Create(CultureInfo.InvariantCulture, $@"^[^?]*\?(?:(?!{key}=)[^&#?]*&)*{key}=\s*\+?0*{(variation == 0 ? "(?<=0)" : variation)}(?![0-9])");
        return new()
        {
            Attribute = mapping.SteeringOf("url"),
            Operator = AttributeOperator.Matches,
            Operand = pattern,
            Missing = Judgment.False,
            Mismatch = Judgment.False,
            Dialect = new() { Patterns = PatternSyntax.EcmaScript },
        };
    }

    private BucketOutcome Split(string?[] names, BucketingDefinition bucketing, double[]? weights)
    {
        var ranges = BackendJson.Find(rule, "ranges") is { ValueKind: JsonValueKind.Array } given
            ? [.. given.EnumerateArray().Select(range => Ranges.Of(range) ?? new BucketRange(0, 0))]
            : Ranges.Of(_variations, Ranges.CoverageOf(rule) ?? 1, weights);
        return new() { Bucketing = bucketing, Shares = [.. ranges.Take(names.Length).Select((range, index) => new BucketShare(range.From, range.To, Told(names, index)))] };
    }

    // An experiment outside of features may force one variation for all units; a rule with 'force' is not an experiment.
    private string? Told(string?[] names, int assigned) => Json.Number(rule, "force") switch
    {
        { } told => told >= 0 && told < names.Length ? names[(int)told] : null,
        null => names[assigned],
    };

    private AttributeCondition Steered(AttributeOperator test, AttributeValue operand, params ReadOnlySpan<string> names) =>
        new() { Attribute = mapping.SteeringOf(names), Operator = test, Operand = operand, Missing = Judgment.False, Mismatch = Judgment.False };

    private static double[]? Weights(JsonElement parent) => BackendJson.Find(parent, "weights") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(weight => weight.ValueKind == JsonValueKind.Number)
        ? [.. list.EnumerateArray().Select(weight => weight.GetDouble())]
        : null;
}
