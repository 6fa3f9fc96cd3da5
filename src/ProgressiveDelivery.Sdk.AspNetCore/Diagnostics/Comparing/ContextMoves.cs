using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Explaining;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

/// <summary>The saved contexts that get another variant. Found by explanations, which count nothing and store nothing.</summary>
internal sealed class ContextMoves
{
    /// <summary>The flags above which the others are left out: a page must not take seconds.</summary>
    public const int MaxFlags = 200;

    private ContextMoves(IReadOnlyList<ContextMove> moves, int contexts, int leftOut) => (Moves, Contexts, FlagsLeftOut) = (moves, contexts, leftOut);

    public IReadOnlyList<ContextMove> Moves { get; }

    /// <summary>The number of contexts that were asked.</summary>
    public int Contexts { get; }

    /// <summary>The number of flags that were not asked.</summary>
    public int FlagsLeftOut { get; }

    /// <summary>The number of contexts that move.</summary>
    public int Moving => Moves.Select(move => move.Context.Name).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Returns the contexts that move between two snapshots, through flags that the first one has; null if one of them is not in the history any more.</summary>
    public static ContextMoves? Between(ScreenContext page, SnapshotDifference difference)
    {
        if (page.Diagnostics.FindSnapshot(difference.FromVersion) is not { } from || page.Diagnostics.FindSnapshot(difference.ToVersion) is not { } to)
            return null;
        var contexts = page.Site.Contexts.All;
        string[] flags = [.. difference.Changed.Concat(difference.Affected).Concat(difference.Removed)];
        var removed = difference.Removed.ToHashSet(StringComparer.Ordinal);
        var moves = new List<ContextMove>();
        foreach (var flag in flags.Take(MaxFlags))
        {
            foreach (var context in contexts)
                Add(moves, context, flag, Answer(from, flag, context), removed.Contains(flag) ? null : Answer(to, flag, context));
        }

        return new(moves, contexts.Count, Math.Max(0, flags.Length - MaxFlags));
    }

    /// <summary>Returns the contexts that move if every context gets one variant of a flag that is in force.</summary>
    public static ContextMoves To(ScreenContext page, string flag, string variant)
    {
        var contexts = page.Site.Contexts.All;
        var moves = new List<ContextMove>();
        foreach (var context in contexts)
            Add(moves, context, flag, Answer(page.Site.Client, flag, context), variant);
        return new(moves, contexts.Count, 0);
    }

    private static void Add(List<ContextMove> moves, SavedContext context, string flag, string? from, string? to)
    {
        if (!string.Equals(from, to, StringComparison.Ordinal))
            moves.Add(new(context, flag, from, to));
    }

    private static string? Answer(IFeatureEvaluator snapshot, string flag, SavedContext context) => snapshot.Explain(flag, context.Context).Variant;
}

/// <summary>A saved context that gets another variant.</summary>
/// <param name="Context">The context.</param>
/// <param name="Flag">The flag's key.</param>
/// <param name="From">The variant before; null for the caller's fallback.</param>
/// <param name="To">The variant after; null for the caller's fallback.</param>
internal sealed record ContextMove(SavedContext Context, string Flag, string? From, string? To);
