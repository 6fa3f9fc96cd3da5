using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles recurring windows; a malformed one is reported.</summary>
internal static class RecurrenceCompiler
{
    private const int DaysOfAWeek = 7;
    private const int MaxInterval = 1_000_000;

    /// <summary>Compiles a test; null if it is malformed, which is then reported.</summary>
    public static RecurrenceTest? Compile(CompilationScope scope, RecurrenceCondition definition)
    {
        scope.Node.ReadsTime = true;
        scope.Enter("recurrence");
        var fault = FaultOf(definition);
        if (fault is not null)
            scope.Report(DiagnosticCatalog.InvalidOperand(scope.Path, scope.Subject, "recurrence", fault, $"{definition.Start:O} to {definition.End:O}"));
        scope.Leave();
        return fault is null
            ? new(new(definition.Start, definition.End, definition.Interval, definition.Days?.Distinct().ToArray(), definition.FirstDayOfWeek, definition.Until, definition.Occurrences))
            : null;
    }

    // Returns the required form; null if there is no fault.
    private static string? FaultOf(RecurrenceCondition definition)
    {
        var duration = definition.End - definition.Start;
        if (duration <= TimeSpan.Zero)
            return "a window that ends after it starts";
        if (definition.Interval is < 1 or > MaxInterval)
            return "an interval from 1 to 1,000,000";
        if (definition.Until < definition.Start || definition.Occurrences < 1)
            return "at least one occurrence";
        if (definition.Days is not { } days)
            return duration.TotalDays > definition.Interval ? "a window that is no longer than the pause between two of them" : null;
        if (days.Count == 0 || !days.Contains(definition.Start.DayOfWeek))
            return "a list of days that the first occurrence starts on one of";
        return duration.TotalDays > MinPause(days, definition) ? "a window that is no longer than the pause between two of them" : null;
    }

    private static int MinPause(IReadOnlyList<DayOfWeek> days, RecurrenceCondition definition)
    {
        int[] offsets = [.. days.Select(day => (day - definition.FirstDayOfWeek + DaysOfAWeek) % DaysOfAWeek).Distinct().Order()];
        var shortest = (definition.Interval * DaysOfAWeek) - offsets[^1] + offsets[0];
        for (var i = 1; i < offsets.Length; i++)
            shortest = Math.Min(shortest, offsets[i] - offsets[i - 1]);
        return shortest;
    }
}
