using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Fuzz.Targets;

/// <summary>A comparison of two snapshots names every flag that answers otherwise, and none between a snapshot and its copy.</summary>
internal static class NamedChanges
{
    public static FeatureSnapshot Open(Ruleset rules, SnapshotDefinition definition, LocalOverlay overlay) =>
        new(rules, SnapshotOrigin.Source, Questions.Services()) { Definition = definition, Overlay = overlay };

    public static void AreAll(FeatureSnapshot before, FeatureSnapshot after, IReadOnlyList<EvaluationContext> callers)
    {
        var named = SnapshotComparison.Of(before, after).Answers.ToHashSet(StringComparer.Ordinal);
        foreach (var flag in after.Rules.Flags)
        {
            if (named.Contains(flag.Key))
                continue;
            foreach (var caller in callers)
                Promise.Same([after.Answer(flag.Key, caller)], [before.Answer(flag.Key, caller)], $"'{flag.Key}', which is not named");
        }
    }

    public static void AreNone(FeatureSnapshot one, FeatureSnapshot copy) =>
        Promise.Same(SnapshotComparison.Of(one, copy).Answers, [], "changes of a copy");
}
