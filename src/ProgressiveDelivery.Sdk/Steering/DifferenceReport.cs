using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Snapshots;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>Makes a report of a comparison, and of its effect on given contexts, for people.</summary>
internal static class DifferenceReport
{
    public static SnapshotDifference Of(FeatureSnapshot one, FeatureSnapshot other, IEnumerable<EvaluationContext>? contexts = null)
    {
        var comparison = SnapshotComparison.Of(one, other);
        return new()
        {
            FromVersion = one.Version,
            ToVersion = other.Version,
            Added = comparison.Added,
            Removed = comparison.Removed,
            Changed = comparison.Changed,
            Affected = comparison.Affected,
            MetadataOnly = comparison.Noted,
            Moves = [.. (contexts ?? []).SelectMany(context => Moves(one, other, comparison.Answers, context))],
        };
    }

    private static IEnumerable<VariantMove> Moves(FeatureSnapshot one, FeatureSnapshot other, IReadOnlyList<string> flags, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(context, "contexts");
        foreach (var flag in flags)
        {
            var (from, to) = (one.Answer(flag, context).Variant, other.Answer(flag, context).Variant);
            if (!string.Equals(from, to, StringComparison.Ordinal))
                yield return new(flag, context.TargetingKey, from, to);
        }
    }
}
