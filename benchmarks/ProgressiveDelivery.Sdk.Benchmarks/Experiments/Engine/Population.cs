namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The units that an experiment meets, and what they do.</summary>
/// <param name="name">The name, which also seeds the random numbers.</param>
/// <param name="mean">The mean of the metric in the control.</param>
internal abstract class Population(string name, double mean)
{
    public string Name => name;

    public double Mean => mean;

    /// <summary>Adds units to an arm.</summary>
    /// <param name="random">The numbers of the run.</param>
    /// <param name="arms">Both arms.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="lift">The relative effect on the mean of the metric.</param>
    public void Add(RandomStream random, Arms arms, ArmSums arm, int units, double lift)
    {
        arm.Units += units;
        Draw(random, arms, arm, units, lift);
    }

    protected abstract void Draw(RandomStream random, Arms arms, ArmSums arm, int units, double lift);
}
