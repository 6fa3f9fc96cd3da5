using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Converts a flag: off, prerequisites, targets, rules, fallthrough.</summary>
internal sealed class FlagReader(string key, JsonElement flag, ReferenceReader references, ClauseReader clauses)
{
    /// <summary>The id of the rules for targets.</summary>
    public const string Target = "(target)";

    private readonly FlagVariations _variations = new(flag);
    private readonly string? _salt = Json.Text(flag, "salt");

    public FlagDefinition Read()
    {
        if (_variations.All.Count == 0)
            throw new FormatException("it has no 'variations'");

        var isOn = Json.IsTrue(flag, "on");
        var off = Json.Whole(flag, "offVariation");
        var offVariant = off is { } index ? _variations.NameOf(index) : null;
        var requires = Json.Items(flag, "prerequisites").Select(Prerequisite).ToArray();
        var rules = new List<RuleDefinition>();
        if (off is not null && offVariant is null)
        {
            // Contexts for which the flag is off would get a variation that does not exist: they get an error.
            rules.Add(new() { When = isOn ? FailsOneOf(requires) : null, Serve = new AbortOutcome(FlagVariations.Missing(off.Value)) });
            isOn = true;
        }

        rules.AddRange(Targets());
        var firstRule = rules.Count;
        rules.AddRange(Json.Items(flag, "rules").Select(Rule));
        var fallthrough = Serve(BackendJson.Find(flag, "fallthrough") ?? default);
        return new()
        {
            Key = key,
            Type = _variations.Type,
            Version = Json.Whole(flag, "version"),
            RequiresKeys = true,
            // LaunchDarkly compares the variation that a prerequisite serves, for whatever reason, if the prerequisite is on.
            YieldsOffVariant = requires.Length > 0 && offVariant is not null,
            Enabled = isOn,
            OffVariant = offVariant,
            Requires = requires,
            Rules = rules,
            Default = fallthrough,
            Variants = _variations.All,
            Metadata = FlagTracking.Metadata(flag, firstRule, _variations.HasExperiments),
            ClientVisible = BackendJson.Find(flag, "clientSideAvailability") is { } availability ? Json.IsTrue(availability, "usingEnvironmentId") : Json.IsTrue(flag, "clientSide"),
        };
    }

    private static PrerequisiteDefinition Prerequisite(JsonElement prerequisite) =>
        new() { Flag = Json.Text(prerequisite, "key") ?? "", Variants = FlagVariations.NamesOf(Json.Whole(prerequisite, "variation") ?? 0) };

    private static AnyCondition FailsOneOf(PrerequisiteDefinition[] requires) =>
        new([.. requires.Select(required => new NotCondition(new FlagCondition { Flag = required.Flag, Variants = required.Variants }))]);

    private IEnumerable<RuleDefinition> Targets()
    {
        JsonElement[] targets = [.. Json.Items(flag, "targets")];
        JsonElement[] byKind = [.. Json.Items(flag, "contextTargets")];
        if (byKind.Length == 0)
            return targets.Select(target => TargetRule(Json.Text(target, "contextKind"), target, target));
        var ofUsers = targets.DistinctBy(user => Json.Whole(user, "variation") ?? 0).ToDictionary(user => Json.Whole(user, "variation") ?? 0);
        // For users, 'contextTargets' has only the position; 'targets' has the keys.
        return byKind.Select(target => Json.Text(target, "contextKind") is { Length: > 0 } kind && kind != ReferenceReader.User
            ? TargetRule(kind, target, target)
            : TargetRule(null, target, ofUsers.GetValueOrDefault(Json.Whole(target, "variation") ?? 0)));
    }

    private RuleDefinition TargetRule(string? kind, JsonElement target, JsonElement keys) => new()
    {
        Id = Target,
        When = ListedIn(references.KeyOf(kind), Json.Texts(keys, "values")),
        Serve = Variation(Json.Whole(target, "variation") ?? 0),
    };

    private RuleDefinition Rule(JsonElement rule, int index) => new()
    {
        Id = Json.Text(rule, "id") is { Length: > 0 } id ? id : string.Create(CultureInfo.InvariantCulture, $"rule {index}"),
        When = clauses.ReadAll(rule),
        Serve = Serve(rule),
    };

    private OutcomeDefinition Serve(JsonElement outcome)
    {
        if (Json.Whole(outcome, "variation") is { } index)
            return Variation(index);
        return BackendJson.Find(outcome, "rollout") is { } rollout && RolloutReader.Read(rollout, references, key, _salt, _variations) is { } serve
            ? serve
            : new AbortOutcome("There is neither a variation nor a rollout. Correct the flag.");
    }

    private OutcomeDefinition Variation(long index) => _variations.NameOf(index) is { } name ? name : new AbortOutcome(FlagVariations.Missing(index));

    /// <summary>Returns the condition that a key is in a list.</summary>
    public static AttributeCondition ListedIn(string reference, string[] keys) => new()
    {
        Attribute = reference,
        Operator = AttributeOperator.In,
        Operand = keys,
        Missing = Judgment.False,
        Mismatch = Judgment.False,
    };
}
