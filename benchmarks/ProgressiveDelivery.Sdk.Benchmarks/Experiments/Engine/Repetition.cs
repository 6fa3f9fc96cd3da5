namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>Repeats experiments on all processors. Runs have seeds of their own, so that the result does not depend on their order.</summary>
internal static class Repetition
{
    /// <summary>Returns a tally for each method, all of the same runs.</summary>
    public static IReadOnlyList<Tally> Of(Scenario scenario, int runs, params Method[] methods)
    {
        var totals = methods.Select(_ => new Tally()).ToArray();
        Parallel.For(0, runs, () => methods.Select(_ => new Tally()).ToArray(), (run, _, own) => Run(scenario, run, methods, own), own =>
        {
            lock (totals)
            {
                for (var method = 0; method < totals.Length; method++)
                    totals[method].Add(own[method]);
            }
        });
        return totals;
    }

    private static Tally[] Run(Scenario scenario, int run, Method[] methods, Tally[] tallies)
    {
        var random = new RandomStream(scenario.Population.Name, run);
        var arms = scenario.Begin();
        var results = new RunOfMethod[methods.Length];
        for (var look = 1; look <= Scenario.Looks; look++)
        {
            scenario.Population.Add(random, arms, arms.Control, scenario.Control / Scenario.Looks, lift: 0);
            scenario.Population.Add(random, arms, arms.Treatment, scenario.Treatment / Scenario.Looks, scenario.Lift);
            for (var method = 0; method < methods.Length && (look == Scenario.Looks || !scenario.IsReadOnce); method++)
                results[method].Look(look, methods[method].Look(arms), methods[method].Truth);
        }

        for (var method = 0; method < methods.Length; method++)
            tallies[method].Add(results[method]);
        return tallies;
    }
}
