using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.ConfigCat;

/// <summary>Makes a flag of a setting: its targeting rules in order, then its percentage options, then its default value.</summary>
internal sealed class SettingReader(ConfigModel config, ConfigCatContextMapping mapping, string key, Setting setting)
{
    /// <summary>The id of the rule that the setting's own percentage options are.</summary>
    public const string PercentageOptions = "percentage options";

    private const string InvalidValue = "Setting value is missing or invalid.";

    private readonly SettingVariants _variants = config.VariantsOf(key);
    private readonly ConditionReader _conditions = new(config, mapping, key);

    public FlagDefinition Read()
    {
        if (setting.Type is not { } type)
            return Broken("its type is none that there is. Publish the config again.");
        if (setting.IsLocal)
            return new() { Key = key, Type = type, Default = _variants.NameOf(setting.Local, id: null), Variants = _variants.All };

        var document = setting.Document;
        var rules = Json.Items(document, "r").Select(rule => Rule(rule, type)).ToList();
        if (Options(document, type) is { } options)
            rules.Add(new() { Id = PercentageOptions, Serve = options });
        var byDefault = Serve(document, type);
        if (_variants.All.Count == 0)
            return Broken("it has no value of its type. Publish the config again.");
        return new()
        {
            Key = key,
            Type = type,
            Rules = rules,
            Default = byDefault,
            Variants = _variants.All,
        };
    }

    private FlagDefinition Broken(string fault) => new()
    {
        Key = key,
        Type = FlagType.String,
        Defect = new("PD1101", DiagnosticSeverity.Error, $"$.f['{key}']", $"Flag '{key}' cannot be read: {fault}"),
    };

    private RuleDefinition Rule(JsonElement rule, FlagType type)
    {
        ConditionDefinition[] conditions = [.. Json.Items(rule, "c").Select(_conditions.Read)];
        var serve = Json.Find(rule, "s") is { } served ? Serve(served, type) : Options(rule, type);
        serve ??= new AbortServe("Targeting rule THEN part is missing or invalid.");
        return new() { When = conditions.Length == 1 ? conditions[0] : new AllCondition(conditions), Serve = serve };
    }

    private ServeDefinition Serve(JsonElement served, FlagType type) => Setting.ValueOf(Json.Find(served, "v"), type) is { } value
        ? _variants.NameOf(value, Json.Text(served, "i"))
        : new AbortServe(InvalidValue);

    // Null: there are none.
    private StepsServe? Options(JsonElement parent, FlagType type)
    {
        JsonElement[] options = [.. Json.Items(parent, "p")];
        if (options.Length == 0)
            return null;
        var bucketing = new BucketingDefinition
        {
            Algorithm = BucketAlgorithm.Sha1Modulo,
            Buckets = 100,
            Prefix = key,
            By = [mapping.ReferenceOf(Json.Text(setting.Document, "a") ?? "Identifier")],
            Units = UnitReading.EcmaScript,
            AcceptsEmpty = true,
        };
        var steps = new List<ServeStep>();
        var shares = new List<BucketShare>();
        double from = 0;
        foreach (var option in options)
        {
            var to = from + (Json.Number(option, "p") ?? 0);
            if (Setting.ValueOf(Json.Find(option, "v"), type) is { } value)
                shares.Add(new(from, to, _variants.NameOf(value, Json.Text(option, "i"))));
            else
                steps.Add(new(new BucketCondition(bucketing, [new(from, to)]), new AbortServe(InvalidValue)));
            from = to;
        }

        steps.Insert(0, new(null, new BucketServe { Bucketing = bucketing, Shares = shares }));
        if (from < 100)
            steps.Add(new(new BucketCondition(bucketing, [new(from, double.PositiveInfinity)]), new AbortServe(string.Create(CultureInfo.InvariantCulture, $"Sum of percentage option percentages is less than 100: it is {from}."))));
        return new(steps);
    }
}
