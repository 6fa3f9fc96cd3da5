namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>The runs of one method by what they showed.</summary>
internal sealed class Tally
{
    // By the number of the look, from 1 on.
    private readonly int[] _decidedAt = new int[Scenario.Looks + 1];

    public int Runs { get; private set; }

    /// <summary>The runs whose interval ever left out no difference.</summary>
    public int EverDifferent => _decidedAt.Sum();

    /// <summary>The runs whose interval leaves out no difference at the end.</summary>
    public int FinallyDifferent { get; private set; }

    /// <summary>The runs whose interval ever left out the truth.</summary>
    public int EverWrong { get; private set; }

    /// <summary>The runs whose interval leaves out the truth at the end.</summary>
    public int FinallyWrong { get; private set; }

    /// <summary>The mean share of the data at which a run shows a difference; runs that never do count in full.</summary>
    public double MeanLength => (_decidedAt.Select((runs, look) => (double)runs * look).Sum() + ((Runs - EverDifferent) * (double)Scenario.Looks)) / Runs / Scenario.Looks;

    /// <summary>The share of the data at which half of the runs have shown a difference; 1 if fewer ever do.</summary>
    public double MedianLength
    {
        get
        {
            var (look, seen) = (0, 0);
            while (look < Scenario.Looks && 2 * (seen += _decidedAt[look]) < Runs)
                look++;
            return look / (double)Scenario.Looks;
        }
    }

    public void Add(RunOfMethod run)
    {
        Runs++;
        if (run.DecidedAt > 0)
            _decidedAt[run.DecidedAt]++;
        FinallyDifferent += run.IsFinallyDifferent ? 1 : 0;
        EverWrong += run.WasWrong ? 1 : 0;
        FinallyWrong += run.IsFinallyWrong ? 1 : 0;
    }

    public void Add(Tally other)
    {
        Runs += other.Runs;
        for (var look = 0; look < _decidedAt.Length; look++)
            _decidedAt[look] += other._decidedAt[look];
        FinallyDifferent += other.FinallyDifferent;
        EverWrong += other.EverWrong;
        FinallyWrong += other.FinallyWrong;
    }
}
