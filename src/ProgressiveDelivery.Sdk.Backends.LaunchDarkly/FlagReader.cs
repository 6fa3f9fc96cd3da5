using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>Makes a flag: off, prerequisites, targets, rules, fallthrough.</summary>
internal sealed class FlagReader(string key, JsonElement flag, ReferenceReader references, ClauseReader clauses)
{
    /// <summary>The id of rules that targets are.</summary>
    public const string Target = "(target)";

    private readonly FlagVariations _variations = new(flag);
    private readonly string? _salt = Json.Text(flag, "salt");

    public FlagDefinition Read()
    {
        if (_variations.All.Count == 0)
            return Broken();

        var isOn = Json.IsTrue(flag, "on");
        var off = Json.Whole(flag, "offVariation");
        var offVariant = off is { } index ? _variations.NameOf(index) : null;
        var requires = Json.Items(flag, "prerequisites").Select(Prerequisite).ToArray();
        var rules = new List<RuleDefinition>();
        if (off is not null && offVariant is null)
        {
            // It is served to whom the flag is off, which is an error of the flag's.
            rules.Add(new() { When = isOn ? FailsOneOf(requires) : null, Serve = new AbortServe(FlagVariations.Missing(off.Value)) });
            isOn = true;
        }

        rules.AddRange(Targets());
        rules.AddRange(Json.Items(flag, "rules").Select(Rule));
        var fallthrough = Serve(Json.Find(flag, "fallthrough") ?? default);
        return new()
        {
            Key = key,
            Type = _variations.Type,
            Version = Json.Whole(flag, "version"),
            Enabled = isOn,
            OffVariant = offVariant,
            Requires = requires,
            Rules = rules,
            Default = fallthrough,
            Variants = _variations.All,
            ClientVisible = Json.Find(flag, "clientSideAvailability") is { } availability ? Json.IsTrue(availability, "usingEnvironmentId") : Json.IsTrue(flag, "clientSide"),
        };
    }

    private FlagDefinition Broken() => new()
    {
        Key = key,
        Type = FlagType.Boolean,
        Defect = new("PD1101", DiagnosticSeverity.Error, $"$.flags['{key}'].variations", $"Flag '{key}' has no variations. Give it some."),
    };

    private static PrerequisiteDefinition Prerequisite(JsonElement prerequisite) =>
        new(Json.Text(prerequisite, "key") ?? "", FlagVariations.NamesOf(Json.Whole(prerequisite, "variation") ?? 0));

    private static AnyCondition FailsOneOf(PrerequisiteDefinition[] requires) =>
        new([.. requires.Select(required => new NotCondition(new FlagCondition(required.Flag, required.Variants)))]);

    private IEnumerable<RuleDefinition> Targets()
    {
        JsonElement[] targets = [.. Json.Items(flag, "targets")];
        JsonElement[] byKind = [.. Json.Items(flag, "contextTargets")];
        if (byKind.Length == 0)
            return targets.Select(target => TargetRule(Json.Text(target, "contextKind"), target, target));
        // Those of users only have their place there.
        return byKind.Select(target => Json.Text(target, "contextKind") is { Length: > 0 } kind && kind != references.MainKind
            ? TargetRule(kind, target, target)
            : TargetRule(null, target, Array.Find(targets, user => Json.Whole(user, "variation") == Json.Whole(target, "variation"))));
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

    private ServeDefinition Serve(JsonElement outcome)
    {
        if (Json.Whole(outcome, "variation") is { } index)
            return Variation(index);
        return Json.Find(outcome, "rollout") is { } rollout && RolloutReader.Read(rollout, references, key, _salt, _variations) is { } serve
            ? serve
            : new AbortServe("There is neither a variation nor a rollout. Correct the flag.");
    }

    private ServeDefinition Variation(long index) => _variations.NameOf(index) is { } name ? name : new AbortServe(FlagVariations.Missing(index));

    /// <summary>Whether a key is one of some.</summary>
    public static AttributeCondition ListedIn(string reference, string[] keys) => new(reference, AttributeOperator.In, keys)
    {
        Missing = Judgement.False,
        Mismatch = Judgement.False,
    };
}
