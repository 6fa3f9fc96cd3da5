using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Tests that the current time is in an occurrence of a recurring window.</summary>
internal sealed class RecurrenceTest(Recurrence recurrence) : Condition
{
    public Recurrence Recurrence => recurrence;

    public override string Describe() => recurrence.Describe();

    protected override Truth Decide(in EvaluationInput input) => recurrence.IsActive(input.NowTicks).ToTruth();

    protected override string Detail(in EvaluationInput input) => recurrence.ClosestStart(input.NowTicks) is { } start
        ? $"now is {Text(input.NowTicks)}, the occurrence under way or the next one starts at {Text(start)}"
        : $"now is {Text(input.NowTicks)}, after the last occurrence";

    private static string Text(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
