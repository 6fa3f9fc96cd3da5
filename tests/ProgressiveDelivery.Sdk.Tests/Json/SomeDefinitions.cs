using System.Globalization;
using System.Text.Json;
using CsCheck;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Json;

/// <summary>Definitions of every form, well-formed as the reader sees it and not more.</summary>
internal static class SomeDefinitions
{
    private static readonly string[] Peculiar = ["a", "on", "targetingKey", "/address/country", "", "é😀", "a\"b\\c\n\0", "organization:plan"];

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
        Gen.Select(Text, Texts, (flag, variants) => (ConditionDefinition)new FlagCondition { Flag = flag, Variants = variants }),
        Gen.Select(Text, Gen.Enum<AttributeOperator>(), Operand, Gen.Bool, (name, test, operand, ignoreCase) => (ConditionDefinition)new AttributeCondition { Attribute = name, Operator = test, Operand = operand, IgnoreCase = ignoreCase }),
        Gen.Select(PerhapsInstant, PerhapsInstant, (from, to) => (ConditionDefinition)new BetweenCondition { From = from, To = to }),
        Gen.Select(Gen.OneOf(Gen.Const((IReadOnlyList<DayOfWeek>?)null), Gen.Enum<DayOfWeek>().Array[0, 3].Select(days => (IReadOnlyList<DayOfWeek>?)days)), PerhapsTime, PerhapsTime, PerhapsText,
            (days, from, to, zone) => (ConditionDefinition)new ScheduleCondition { Days = days, From = from, To = to, TimeZone = zone }));

    private static readonly Gen<ConditionDefinition?> When = Gen.OneOf(Gen.Const((ConditionDefinition?)null), Condition(3).Select(condition => (ConditionDefinition?)condition));

    private static readonly Gen<IReadOnlyList<WeightedVariant>> Weights = Gen.Select(Text, Decimal, (variant, weight) => new WeightedVariant(variant, weight))
        .Array[1, 4].Select(weights => (IReadOnlyList<WeightedVariant>)[.. weights.DistinctBy(weight => weight.Variant)]);

    private static readonly Gen<OutcomeDefinition> VariantOrSplit = Gen.OneOf(
        Text.Select(variant => (OutcomeDefinition)new VariantOutcome(variant)),
        Gen.Select(Weights, By, PerhapsText, (weights, by, salt) => (OutcomeDefinition)new SplitOutcome { Weights = weights, By = by, Salt = salt }));

    private static readonly Gen<OutcomeDefinition> Rollout = Gen.Select(VariantOrSplit, Decimal, By, PerhapsText, PerhapsText,
        (to, percent, by, salt, otherwise) => (OutcomeDefinition)new RolloutOutcome { To = to, Percent = percent, By = by, Salt = salt, Else = otherwise });

    private static readonly Gen<TimeSpan> Duration = Gen.OneOf(
        Gen.Long[0, TimeSpan.TicksPerDay * 1_000].Select(ticks => new TimeSpan(ticks)),
        Gen.Int[0, 100_000].Select(seconds => TimeSpan.FromSeconds(seconds)),
        Gen.Int[1, 100].Select(days => TimeSpan.FromDays(days)));

    private static readonly Gen<TimeSpan?> PerhapsDuration = Gen.OneOf(Gen.Const((TimeSpan?)null), Duration.Select(duration => (TimeSpan?)duration));

    private static readonly Gen<double?> PerhapsNumber = Gen.OneOf(Gen.Const((double?)null), Finite.Select(number => (double?)number));

    private static readonly Gen<ScheduleCondition> Hours = Gen.Select(
        Gen.OneOf(Gen.Const((IReadOnlyList<DayOfWeek>?)null), Gen.Enum<DayOfWeek>().Array[0, 3].Select(days => (IReadOnlyList<DayOfWeek>?)days)), PerhapsTime, PerhapsTime, PerhapsText,
        (days, from, to, zone) => new ScheduleCondition { Days = days, From = from, To = to, TimeZone = zone });

    private static readonly Gen<GateDefinition?> Gate = Gen.OneOf(
        Gen.Const((GateDefinition?)null),
        Gen.Select(By, Gen.Long[0, 1_000], Duration, PerhapsDuration, (guards, outcomes, time, back) =>
            (GateDefinition?)new GateDefinition { Guards = guards, Outcomes = outcomes, MinimumTime = time, StepBackAfter = back }));

    private static readonly Gen<ProbeDefinition?> Probe = Gen.OneOf(
        Gen.Const((ProbeDefinition?)null),
        Gen.Select(Decimal, Duration, Duration, Gen.Long, Gen.Bool, (percent, wait, maxWait, outcomes, closes) =>
            (ProbeDefinition?)new ProbeDefinition { Percent = percent, Wait = wait, MaxWait = maxWait, MaxOutcomes = outcomes, CloseWithoutProof = closes }));

    private static readonly Gen<GuardDefinition> Guard = Gen.Select(
            Gen.Select(Text, Gen.Enum<GuardKind>(), Text, PerhapsText, PerhapsText),
            Gen.Select(PerhapsNumber, PerhapsNumber, PerhapsNumber, Finite, Finite, Finite),
            Gen.Select(Gen.Enum<GuardMode>(), Gen.Long, Gen.Long, Gen.Long, PerhapsDuration, PerhapsDuration),
            Gen.OneOf(Text, Gen.Bool.Select(pauses => pauses ? "pause" : "warn")), Gen.Enum<GuardResponse>(),
            Gen.Select(Gen.Enum<GuardPolicy>(), Gen.Enum<GuardPolicy>(), Gen.Bool, Probe))
        .Select((names, numbers, counts, revert, then, rest) => new GuardDefinition
        {
            Id = names.Item1,
            Kind = names.Item2,
            Variant = names.Item3,
            Against = names.Item4,
            Metric = names.Item5,
            Limit = numbers.Item1,
            Above = numbers.Item2,
            Below = numbers.Item3,
            Margin = numbers.Item4,
            Ratio = numbers.Item5,
            Alpha = numbers.Item6,
            Mode = counts.Item1,
            Within = counts.Item2,
            MinimumBad = counts.Item3,
            MinimumOutcomes = counts.Item4,
            OncePer = counts.Item5,
            Than = counts.Item6,
            Then = then,
            RevertTo = then == GuardResponse.Revert ? revert : null,
            Inconclusive = rest.Item1,
            NoData = rest.Item2,
            DryRun = rest.Item3,
            Probe = rest.Item4,
        });

    private static readonly Gen<OutcomeDefinition> Ramp = Gen.Select(
        VariantOrSplit, Gen.Select(Instant, Decimal, Gate, (at, percent, gate) => new RolloutStep(at, percent) { Gate = gate }).Array[0, 3], Gen.Enum<RolloutCurve>(),
        Gen.OneOf(Gen.Const((ScheduleCondition[]?)null), Hours.Array[0, 2].Select(hours => (ScheduleCondition[]?)hours)),
        (to, steps, curve, blackouts) => (OutcomeDefinition)new RolloutOutcome { To = to, Steps = steps, Curve = curve, Blackouts = blackouts });

    private static readonly Gen<OutcomeDefinition> Experiment = Gen.Select(Text, Weights, PerhapsText, Gen.Int[-1, 1_000_000], PerhapsText, PerhapsText, Gen.Int[1, 9], By,
        (key, split, layer, slots, holdout, otherwise, version, by) => (OutcomeDefinition)new ExperimentOutcome
        {
            Key = key,
            Split = split,
            Layer = layer,
            Slots = slots < 0 ? null : new(slots / 2, slots),
            Holdout = holdout,
            Else = otherwise,
            Sticky = version < 3 ? null : new() { Version = version, MinimumVersion = version < 6 ? null : version - 1 },
            By = by,
        });

    private static readonly Gen<OutcomeDefinition> Serve = Gen.OneOf(VariantOrSplit, Rollout, Ramp, Experiment);

    private static readonly Gen<FlagDefinition> Flag = Gen.Select(Text, Gen.Enum<FlagType>(), Gen.Long, Gen.Bool, PerhapsText,
            Gen.Select(PerhapsText, When, Serve, (id, when, serve) => new RuleDefinition { Id = id, When = when, Serve = serve }).Array[0, 3],
            Gen.OneOf(Gen.Const((OutcomeDefinition?)null), Serve.Select(serve => (OutcomeDefinition?)serve)),
            Gen.Select(Gen.Select(Text, Texts, (flag, variants) => new PrerequisiteDefinition { Flag = flag, Variants = variants }).Array[0, 2], Guard.Array[0, 3]))
        .Select((key, type, seed, enabled, off, rules, @default, lists) => new FlagDefinition
        {
            Key = key,
            Type = type,
            Variants = [new() { Name = "a", Value = Value(type, seed) }, new() { Name = "b", Value = Value(type, seed / 3) }],
            Enabled = enabled,
            OffVariant = off,
            Rules = rules,
            Default = @default,
            Requires = lists.Item1,
            Guards = lists.Item2,
            Attempt = Math.Max(1, seed % 5),
            ClientVisible = seed % 2 == 0,
            Metadata = seed % 3 == 0 ? new Dictionary<string, JsonElement>() : Metadata("""{ "owner": "é", "nothing": null, "list": [ 1, { "a": "b" } ] }"""),
        });

    private static readonly Gen<SegmentDefinition> Segment = Gen.Select(Text, Texts, Texts, When, By,
        (name, include, exclude, when, by) => new SegmentDefinition { Name = name, Include = include, Exclude = exclude, When = when, By = by });

    private static readonly Gen<LayerDefinition> Layer = Gen.Select(Text, By, PerhapsText, (name, by, salt) => new LayerDefinition { Name = name, By = by, Salt = salt });

    private static readonly Gen<HoldoutDefinition> Holdout = Gen.Select(Text, Decimal, By, PerhapsText,
        (name, percent, by, salt) => new HoldoutDefinition { Name = name, Percent = percent, By = by, Salt = salt });

    private static readonly Gen<AssertionDefinition> Assertion = Gen.Select(Text, Context, PerhapsText, (flag, context, variant) => new AssertionDefinition { Flag = flag, Context = context, Variant = variant });

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
