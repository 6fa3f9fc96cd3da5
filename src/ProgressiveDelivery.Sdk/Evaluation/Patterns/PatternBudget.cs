namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>
/// The cost of all regular expressions of one evaluation, prerequisites and segments included. It counts steps and uses no clock, so the same
/// evaluation always ends the same way.
/// </summary>
internal struct PatternBudget
{
    /// <summary>The limit. A step takes about a nanosecond; a text of 30 characters takes a few hundred.</summary>
    public const int MaxSteps = 10_000_000;

    /// <summary>The explanation of an evaluation that exceeds the limit.</summary>
    public const string TooCostly = "The regular expressions of this evaluation cost too much. Shorten the text, or simplify the expressions.";

    private int _spent;

    public readonly bool IsExhausted => _spent > MaxSteps;

    /// <summary>The steps that are left.</summary>
    public readonly int Left => Math.Max(0, MaxSteps - _spent);

    /// <summary>Adds a cost; false if the limit is exceeded.</summary>
    public bool TryCharge(long steps)
    {
        _spent = steps > Left ? MaxSteps + 1 : _spent + (int)steps;
        return !IsExhausted;
    }
}
