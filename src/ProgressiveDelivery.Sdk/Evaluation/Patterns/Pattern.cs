namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>A compiled regular expression. Immutable, so snapshots and threads share it; matching allocates nothing and never throws.</summary>
internal abstract class Pattern
{
    /// <summary>The approximate size, in bytes. It is final: matching stores nothing.</summary>
    public abstract int Size { get; }

    /// <summary>Searches a text. The answer does not count once <paramref name="budget"/> is exhausted.</summary>
    public abstract bool IsMatch(ReadOnlySpan<char> text, ref PatternBudget budget);
}
