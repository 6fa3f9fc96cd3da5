using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Converts a setting to a flag: its targeting rules in order, then its percentage options, then its default value.</summary>
internal sealed class SettingReader(ConfigModel config, ConfigCatContextMapping mapping, string key, Setting setting)
{
    /// <summary>The id of the rule for the setting's own percentage options.</summary>
    public const string PercentageOptions = "percentage options";

    private const string Identifier = "Identifier";
    private const string InvalidValue = "Setting value is missing or invalid.";

    private readonly SettingVariants _variants = config.VariantsOf(key);
    private readonly ConditionReader _conditions = new(config, mapping, key);

    public FlagDefinition Read()
    {
        if (setting.Type is not { } type)
            throw new FormatException("its type is none that there is");
        if (setting.IsLocal)
            return new() { Key = key, Type = type, Default = _variants.NameOf(setting.Local, id: null), Variants = _variants.All };

        var document = setting.Document;
        var rules = Json.Items(document, "r").Select(rule => Rule(rule, type)).ToList();
        if (Options(document, type) is { } options)
            rules.Add(new() { Id = PercentageOptions, Serve = options });
        var byDefault = Serve(document, type);
        if (_variants.All.Count == 0)
            throw new FormatException("it has no value of its type");
        return new()
        {
            Key = key,
            Type = type,
            Rules = rules,
            Default = byDefault,
            Variants = _variants.All,
        };
    }

    private RuleDefinition Rule(JsonElement rule, FlagType type)
    {
        ConditionDefinition[] conditions = [.. Json.Items(rule, "c").Select(_conditions.Read)];
        var serve = BackendJson.Find(rule, "s") is { } served ? Serve(served, type) : Options(rule, type);
        serve ??= new AbortOutcome("Targeting rule THEN part is missing or invalid.");
        return new() { When = conditions.Length == 1 ? conditions[0] : new AllCondition(conditions), Serve = serve };
    }

    private OutcomeDefinition Serve(JsonElement served, FlagType type) => Setting.ValueOf(BackendJson.Find(served, "v"), type) is { } value
        ? _variants.NameOf(value, Json.Text(served, "i"))
        : new AbortOutcome(InvalidValue);

    // Null if there are none.
    private StepsOutcome? Options(JsonElement parent, FlagType type)
    {
        JsonElement[] options = [.. Json.Items(parent, "p")];
        if (options.Length == 0)
            return null;
        var attribute = Json.Text(setting.Document, "a") ?? Identifier;
        var bucketing = new BucketingDefinition
        {
            Algorithm = BucketAlgorithm.Sha1Modulo,
            Buckets = 100,
            Prefix = key,
            By = [mapping.ReferenceOf(attribute)],
            Units = UnitReading.EcmaScript,
            AcceptsEmpty = true,
            // A user object always has an identifier, possibly an empty one.
            Missing = attribute == Identifier ? MissingUnit.EmptyUnlessNobody : MissingUnit.PassOn,
        };
        var steps = new List<OutcomeStep>();
        var shares = new List<BucketShare>();
        double from = 0;
        foreach (var option in options)
        {
            var to = from + (Json.Number(option, "p") ?? 0);
            if (Setting.ValueOf(BackendJson.Find(option, "v"), type) is { } value)
                shares.Add(new(from, to, _variants.NameOf(value, Json.Text(option, "i"))));
            else
                steps.Add(new() { When = new BucketCondition { Bucketing = bucketing, Ranges = [new(from, to)] }, Serve = new AbortOutcome(InvalidValue) });
            from = to;
        }

        steps.Insert(0, new() { Serve = new BucketOutcome { Bucketing = bucketing, Shares = shares } });
        if (from < 100)
            steps.Add(new() { When = new BucketCondition { Bucketing = bucketing, Ranges = [new(from, double.PositiveInfinity)] }, Serve = new AbortOutcome(string.Create(CultureInfo.InvariantCulture, $"Sum of percentage option percentages is less than 100: it is {from}.")) });
        return new(steps);
    }
}
