using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Patterns;

/// <summary>
/// An expression with back-references, which no automaton can match. Its time has no bound, so it is measured and charged to a limit that all such
/// expressions of one evaluation share.
/// </summary>
internal sealed class BacktrackingPattern : Pattern
{
    // The engine's memory after a match grows with the text.
    private const int MaxLength = 10_000;
    private const int Milliseconds = 40;

    private static readonly double StepsPerTick = (double)PatternBudget.MaxSteps / Milliseconds * 1_000 / Stopwatch.Frequency;

    private readonly Regex _expression;

    /// <summary>Creates the engine; throws <see cref="ArgumentException"/> if the expression is invalid.</summary>
    public BacktrackingPattern(string expression, RegexOptions options)
    {
        _expression = new(expression, options, TimeSpan.FromMilliseconds(Milliseconds));
        // The first match allocates the buffers that later ones reuse.
        var budget = default(PatternBudget);
        IsMatch("", ref budget);
    }

    public override int Size => 10_000;

    public override bool IsMatch(ReadOnlySpan<char> text, ref PatternBudget budget)
    {
        if (budget.IsExhausted)
            return false;
        if (text.Length > MaxLength)
            return budget.TryCharge(long.MaxValue);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var found = _expression.IsMatch(text);
            return budget.TryCharge((long)((Stopwatch.GetTimestamp() - start) * StepsPerTick)) && found;
        }
        catch (RegexMatchTimeoutException)
        {
            return budget.TryCharge(long.MaxValue);
        }
    }
}
