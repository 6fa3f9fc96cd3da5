using System.Globalization;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Holds within some hours of the week.</summary>
internal sealed class ScheduleTest(WeeklyHours hours) : Condition
{
    public override string Describe() => $"schedule {hours.Describe()}";

    protected override Truth Decide(in EvaluationInput input) => hours.Include(input.NowTicks).ToTruth();

    protected override string Detail(in EvaluationInput input) =>
        $"there it is {hours.Local(input.NowTicks).ToString("ddd HH:mm:ss", CultureInfo.InvariantCulture)}";
}
