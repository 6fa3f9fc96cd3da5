namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>Units of which each has a value of its own, and maybe a denominator or covariate.</summary>
/// <param name="name">The name.</param>
/// <param name="mean">The mean of the metric in the control.</param>
/// <param name="draw">Draws the value and the other number, given the lift.</param>
internal sealed class EveryUnit(string name, double mean, Func<RandomStream, double, (double Value, double Other)> draw) : Population(name, mean)
{
    protected override void Draw(RandomStream random, Arms arms, ArmSums arm, int units, double lift)
    {
        for (var unit = 0; unit < units; unit++)
        {
            var (value, other) = draw(random, lift);
            if (value != 0)
                arm.Minority++;
            arms.Add(arm, value, other);
        }
    }
}
