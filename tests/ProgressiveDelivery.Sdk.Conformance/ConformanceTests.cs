using System.Text.Json;
using FluentAssertions;

namespace ProgressiveDelivery.Sdk.Conformance;

[Collection(ConformanceReport.Collection)]
public sealed class ConformanceTests(ConformanceReport report)
{
    public static TheoryData<string, string> Suites
    {
        get
        {
            var suites = new TheoryData<string, string>();
            foreach (var vendor in ConformanceFolder.Vendors.Where(Vendors.Runners.ContainsKey))
            {
                foreach (var suite in ConformanceFolder.Suites(vendor))
                    suites.Add(vendor, suite);
            }

            return suites;
        }
    }

    [ConformanceTheory]
    [MemberData(nameof(Suites))]
    public void EveryCaseOfTheSuiteIsAnsweredAsPublished(string vendor, string suiteName)
    {
        var suite = ConformanceSuite.Load(vendor, suiteName);
        var runner = Vendors.Runners[vendor](suite);

        CaseResult[] results = [.. suite.Cases.Select(@case => Run(runner, @case))];

        report.Add(vendor, suiteName, results);
        report.Add(vendor, Measure(runner, suite));
        results.Should().NotBeEmpty();
        results.Where(result => result.Ran && !result.Passed && !KnownFailures.Has(result.Id)).Should().BeEmpty();
    }

    // What a runner throws is a case that fails, and no reason to lose the others.
    private static CaseResult Run(ICaseRunner runner, JsonElement @case)
    {
        try
        {
            return runner.Run(@case);
        }
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new(@case.GetProperty("id").GetString()!, @case.GetProperty("expect").GetRawText(), fault.ToString());
        }
    }

    private static EvaluationCost Measure(ICaseRunner runner, ConformanceSuite suite)
    {
        if (runner is not IMeasuredRunner measured)
            return EvaluationCost.None;
        Action[] evaluations = [.. suite.Cases.Select(measured.Evaluation).OfType<Action>()];
        // Twice before: whatever is built once, is.
        foreach (var evaluate in evaluations)
        {
            evaluate();
            evaluate();
        }

        // A collection in the midst counts what is left of the thread's chunk of memory; evaluations that allocate do so in each round.
        return new(evaluations.Length, Enumerable.Range(0, 3).Min(_ => BytesOf(evaluations)));
    }

    private static long BytesOf(Action[] evaluations)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var evaluate in evaluations)
            evaluate();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
