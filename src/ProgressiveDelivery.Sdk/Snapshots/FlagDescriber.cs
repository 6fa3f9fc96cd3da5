using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Snapshots;

/// <summary>Describes the flags of a snapshot for people: what was defined, and what the compiled flag adds to it.</summary>
internal static class FlagDescriber
{
    public static FlagInfo[] Describe(CompiledFlag[] flags, SnapshotDefinition? definition)
    {
        var definitions = (definition?.Flags ?? []).ToLookup(flag => flag.Key, StringComparer.Ordinal);
        var use = definition is null ? null : new AttributeUse(definition);
        return Array.ConvertAll(flags, flag => Describe(flag, definitions[flag.Key].LastOrDefault(), use));
    }

    private static FlagInfo Describe(CompiledFlag flag, FlagDefinition? definition, AttributeUse? use) => new()
    {
        Key = flag.Key,
        Type = flag.Type,
        Version = flag.Version,
        IsEnabled = flag.IsEnabled,
        IsClientVisible = flag.ClientVisible,
        DependsOnTime = flag.DependsOnTime,
        Variants = Array.ConvertAll(flag.Variants, variant => Describe(variant, flag.Type)),
        Prerequisites = [.. (definition?.Requires ?? []).Select(one => DefinitionText.Of(new FlagCondition { Flag = one.Flag, Variants = one.Variants }))],
        Rules = [.. (definition?.Rules ?? []).Select(Describe)],
        Default = definition?.Default is { } outcome ? DefinitionText.Of(outcome) : null,
        OffVariant = definition?.OffVariant,
        IsConstant = flag.IsConstant,
        ServedVariants = ServedVariantsOf(flag, definition),
        Experiments = [.. Outcomes(definition).SelectMany(outcome => ExperimentsIn(outcome, 0)).Distinct(StringComparer.Ordinal)],
        FindAttributes = () => definition is null || use is null ? [] : use.Of(definition),
        Overlay = flag.Overlay,
        Defect = flag.Defect,
        Metadata = flag.Metadata,
    };

    private static string[]? ServedVariantsOf(CompiledFlag flag, FlagDefinition? definition)
    {
        if (flag.IsConstant)
            return flag.Constant.HasVariant ? [flag.Variants[flag.Constant.Variant].Label] : [];
        if (flag.Overlay is not null || definition is null || ServedVariants.Of(definition) is not { } served)
            return null;
        if (!flag.IsEnabled)
            served.Clear();
        if (definition.OffVariant is { } off && (!flag.IsEnabled || definition.Requires.Count > 0))
            served.Add(off);
        return [.. flag.Variants.Where(variant => served.Contains(variant.Name)).Select(variant => variant.Label)];
    }

    private static VariantInfo Describe(CompiledVariant variant, FlagType type) => new()
    {
        Name = variant.Label,
        Value = variant.HasValue ? variant.Element(type) : default,
        IsEnabled = variant.Enabled,
    };

    private static RuleInfo Describe(RuleDefinition rule, int index) => new()
    {
        Id = rule.Id ?? $"#{index + 1}",
        Condition = rule.When is { } when ? DefinitionText.Of(when) : null,
        Outcome = DefinitionText.Of(rule.Serve),
    };

    private static IEnumerable<OutcomeDefinition> Outcomes(FlagDefinition? definition) => definition is null
        ? []
        : definition.Rules.Select(rule => rule.Serve).Concat(definition.Default is { } outcome ? [outcome] : []);

    private static IEnumerable<string> ExperimentsIn(OutcomeDefinition outcome, int depth) => outcome switch
    {
        _ when depth > OutcomeCompiler.MaxNesting => [],
        ExperimentOutcome experiment => [experiment.Key],
        StickyOutcome sticky => [sticky.Key],
        StepsOutcome steps => steps.Steps.SelectMany(step => ExperimentsIn(step.Serve, depth + 1)),
        _ => [],
    };
}
