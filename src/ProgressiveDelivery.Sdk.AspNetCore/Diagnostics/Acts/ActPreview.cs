using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Comparing;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>The changes that an act will make.</summary>
/// <param name="Lines">The changes, each a sentence.</param>
/// <param name="Moves">The saved contexts that get another variant; null if that cannot be counted for this act.</param>
internal sealed record ActPreview(IReadOnlyList<string> Lines, ContextMoves? Moves = null)
{
    /// <summary>Compares the version in force with the one that the act puts in force.</summary>
    public static ActPreview Of(ActSubject subject, long? target)
    {
        if (target is null || target == subject.InForce)
            return new(["No answer changes now."]);
        if (subject.Page.Control.Diff(subject.InForce, target.Value) is not { } difference)
            return new(["The two snapshots cannot be compared: one of them is not in the history any more."]);
        return new([.. DifferenceWords.Kinds(difference)], ContextMoves.Between(subject.Page, difference));
    }
}
