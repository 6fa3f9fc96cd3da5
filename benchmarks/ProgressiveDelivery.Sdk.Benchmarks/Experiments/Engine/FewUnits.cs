namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>Units of which a share has an event, and the others 0. The others are skipped, not drawn one by one.</summary>
/// <param name="name">The name.</param>
/// <param name="share">The share of units with an event.</param>
/// <param name="meanOfEvent">The mean of the value of an event.</param>
/// <param name="draw">Draws the value of an event; null for 1, where the lift raises the share.</param>
internal sealed class FewUnits(string name, double share, double meanOfEvent = 1, Func<RandomStream, double>? draw = null) : Population(name, share * meanOfEvent)
{
    protected override void Draw(RandomStream random, Arms arms, ArmSums arm, int units, double lift)
    {
        var logOfOthers = Math.Log(1 - (draw is null ? share * (1 + lift) : share));
        for (var unit = random.Gap(logOfOthers); unit < units; unit += 1 + random.Gap(logOfOthers))
        {
            arm.Minority++;
            arms.Add(arm, draw is null ? 1 : draw(random) * (1 + lift));
        }

        if (share >= 0.5)
            arm.Minority = Math.Min(arm.Proportion.Events, arm.Units - arm.Proportion.Events);
    }
}
