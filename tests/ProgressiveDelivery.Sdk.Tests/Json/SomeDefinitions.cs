using System.Globalization;
using System.Text.Json;
using CsCheck;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Definitions of every form, well-formed as the reader sees it and not more.</summary>
internal static class SomeDefinitions
{
    private static readonly string[] Peculiar = ["a", "on", "targetingKey", "/address/country", "", "é😀", "a\"b\\c\n\0", "organisation:plan"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, Peculiar.Length - 1].Select(i => Peculiar[i]),
        Gen.String[Gen.Char[' ', '~'], 0, 12]);

    private static readonly Gen<decimal> Decimal =
        Gen.Select(Gen.Int[0, 1_000_000_000], Gen.Int[0, 9], (digits, scale) => new decimal(digits, 0, 0, false, (byte)scale));

    private static readonly Gen<double> Finite = Gen.Double.Where(double.IsFinite);

    private static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<DateTimeOffset?> PerhapsInstant = Gen.OneOf(Gen.Const((DateTimeOffset?)null), Instant.Select(instant => (DateTimeOffset?)instant));

    private static readonly Gen<TimeOnly?> PerhapsTime = Gen.OneOf(
        Gen.Const((TimeOnly?)null),
        Gen.Long[0, TimeOnly.MaxValue.Ticks].Select(ticks => (TimeOnly?)new TimeOnly(ticks)),
        Gen.Int[0, 1439].Select(minutes => (TimeOnly?)new TimeOnly(minutes * TimeSpan.TicksPerMinute)));

    private static readonly Gen<string?> PerhapsText = Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    private static readonly Gen<IReadOnlyList<string>> Texts = Text.Array[0, 3].Select(texts => (IReadOnlyList<string>)texts);

    private static readonly Gen<IReadOnlyList<string>?> By = Gen.OneOf(Gen.Const((IReadOnlyList<string>?)null), Texts.Select(texts => (IReadOnlyList<string>?)texts));

    private static readonly Gen<AttributeValue> Scalar = Gen.OneOf(
        Text.Select(text => (AttributeValue)text),
        Gen.Bool.Select(boolean => (AttributeValue)boolean),
        Gen.Long.Select(integer => (AttributeValue)integer),
        Finite.Select(number => (AttributeValue)number));

    private static readonly Gen<AttributeValue> Operand = Gen.OneOf(Scalar, Scalar.Array[0, 4].Select(items => AttributeValue.List(items)));

    private static readonly Gen<EvaluationContext> Context = Gen.Select(
        PerhapsText,
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 5], Operand, (name, value) => KeyValuePair.Create(name, value)).Array[0, 4],
        (key, attributes) => new EvaluationContext(key, attributes));

    private static readonly Gen<ConditionDefinition> Leaf = Gen.OneOf<ConditionDefinition>(
        Text.Select(name => (ConditionDefinition)new SegmentCondition(name)),
        Gen.Select(Text, Texts, (flag, variants) => (ConditionDefinition)new FlagCondition(flag, variants)),
        Gen.Select(Text, Gen.Enum<AttributeOperator>(), Operand, Gen.Bool, (name, test, operand, ignoreCase) => (ConditionDefinition)new AttributeCondition(name, test, operand, ignoreCase)),
        Gen.Select(PerhapsInstant, PerhapsInstant, (from, to) => (ConditionDefinition)new BetweenCondition(from, to)),
        Gen.Select(Gen.OneOf(Gen.Const((IReadOnlyList<DayOfWeek>?)null), Gen.Enum<DayOfWeek>().Array[0, 3].Select(days => (IReadOnlyList<DayOfWeek>?)days)), PerhapsTime, PerhapsTime, PerhapsText,
            (days, from, to, zone) => (ConditionDefinition)new ScheduleCondition { Days = days, From = from, To = to, TimeZone = zone }));

    private static readonly Gen<ConditionDefinition?> When = Gen.OneOf(Gen.Const((ConditionDefinition?)null), Condition(3).Select(condition => (ConditionDefinition?)condition));

    private static readonly Gen<IReadOnlyList<WeightedVariant>> Weights = Gen.Select(Text, Decimal, (variant, weight) => new WeightedVariant(variant, weight))
        .Array[1, 4].Select(weights => (IReadOnlyList<WeightedVariant>)[.. weights.DistinctBy(weight => weight.Variant)]);

    private static readonly Gen<ServeDefinition> VariantOrSplit = Gen.OneOf(
        Text.Select(variant => (ServeDefinition)new VariantServe(variant)),
        Gen.Select(Weights, By, PerhapsText, (weights, by, salt) => (ServeDefinition)new SplitServe { Weights = weights, By = by, Salt = salt }));

    private static readonly Gen<ServeDefinition> Rollout = Gen.Select(VariantOrSplit, Decimal, By, PerhapsText, PerhapsText,
        (to, percent, by, salt, otherwise) => (ServeDefinition)new RolloutServe { To = to, Percent = percent, By = by, Salt = salt, Else = otherwise });

    private static readonly Gen<ServeDefinition> Ramp = Gen.Select(VariantOrSplit, Gen.Select(Instant, Decimal, (at, percent) => new RolloutStep(at, percent)).Array[0, 3], Gen.Enum<RolloutCurve>(),
        (to, steps, curve) => (ServeDefinition)new RolloutServe { To = to, Steps = steps, Curve = curve });

    private static readonly Gen<ServeDefinition> Experiment = Gen.Select(Text, Weights, PerhapsText, Gen.Int[-1, 1_000_000], PerhapsText, PerhapsText, Gen.Int[1, 9], By,
        (key, split, layer, slots, holdout, otherwise, version, by) => (ServeDefinition)new ExperimentServe
        {
            Key = key,
            Split = split,
            Layer = layer,
            Slots = slots < 0 ? null : new(slots / 2, slots),
            Holdout = holdout,
            Else = otherwise,
            Sticky = version < 3 ? null : new(version, version < 6 ? null : version - 1),
            By = by,
        });

    private static readonly Gen<ServeDefinition> Serve = Gen.OneOf(VariantOrSplit, Rollout, Ramp, Experiment);

    private static readonly Gen<FlagDefinition> Flag = Gen.Select(Text, Gen.Enum<FlagType>(), Gen.Long, Gen.Bool, PerhapsText,
            Gen.Select(PerhapsText, When, Serve, (id, when, serve) => new RuleDefinition { Id = id, When = when, Serve = serve }).Array[0, 3],
            Gen.OneOf(Gen.Const((ServeDefinition?)null), Serve.Select(serve => (ServeDefinition?)serve)),
            Gen.Select(Text, Texts, (flag, variants) => new PrerequisiteDefinition(flag, variants)).Array[0, 2])
        .Select((key, type, seed, enabled, off, rules, @default, requires) => new FlagDefinition
        {
            Key = key,
            Type = type,
            Variants = [new("a", Value(type, seed)), new("b", Value(type, seed / 3))],
            Enabled = enabled,
            OffVariant = off,
            Rules = rules,
            Default = @default,
            Requires = requires,
            ClientVisible = seed % 2 == 0,
            Metadata = seed % 3 == 0 ? new Dictionary<string, JsonElement>() : Metadata("""{ "owner": "é", "nothing": null, "list": [ 1, { "a": "b" } ] }"""),
        });

    private static readonly Gen<SegmentDefinition> Segment = Gen.Select(Text, Texts, Texts, When, By,
        (name, include, exclude, when, by) => new SegmentDefinition { Name = name, Include = include, Exclude = exclude, When = when, By = by });

    private static readonly Gen<LayerDefinition> Layer = Gen.Select(Text, By, PerhapsText, (name, by, salt) => new LayerDefinition { Name = name, By = by, Salt = salt });

    private static readonly Gen<HoldoutDefinition> Holdout = Gen.Select(Text, Decimal, By, PerhapsText,
        (name, percent, by, salt) => new HoldoutDefinition { Name = name, Percent = percent, By = by, Salt = salt });

    private static readonly Gen<AssertionDefinition> Assertion = Gen.Select(Text, Context, PerhapsText, (flag, context, variant) => new AssertionDefinition(flag, context, variant));

    public static readonly Gen<SnapshotDefinition> Snapshot = Gen.Select(Gen.Long[1, long.MaxValue], PerhapsText, PerhapsInstant,
            Flag.Array[0, 4], Segment.Array[0, 3], Layer.Array[0, 2], Holdout.Array[0, 2], Assertion.Array[0, 2])
        .Select((version, environment, publishedAt, flags, segments, layers, holdouts, assertions) => new SnapshotDefinition
        {
            Version = version,
            Environment = environment,
            PublishedAt = publishedAt,
            ExpiresAt = publishedAt,
            Flags = [.. flags.DistinctBy(flag => flag.Key)],
            Segments = [.. segments.DistinctBy(segment => segment.Name)],
            Layers = [.. layers.DistinctBy(layer => layer.Name)],
            Holdouts = [.. holdouts.DistinctBy(holdout => holdout.Name)],
            Assertions = assertions,
        });

    private static Gen<ConditionDefinition> Condition(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Condition(depth - 1).Array[0, 3].Select(conditions => (ConditionDefinition)new AllCondition(conditions)),
            Condition(depth - 1).Array[0, 3].Select(conditions => (ConditionDefinition)new AnyCondition(conditions)),
            Condition(depth - 1).Select(condition => (ConditionDefinition)new NotCondition(condition)));

    private static VariantValue Value(FlagType type, long seed) => type switch
    {
        FlagType.Boolean => seed % 2 == 0,
        FlagType.String => seed.ToString(CultureInfo.InvariantCulture),
        FlagType.Integer => seed,
        FlagType.Number => seed / 1000.0,
        _ => VariantValue.Json($$"""{ "seed": {{seed}}, "text": "é\ud83d\ude00" }"""),
    };

    private static Dictionary<string, JsonElement> Metadata(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
