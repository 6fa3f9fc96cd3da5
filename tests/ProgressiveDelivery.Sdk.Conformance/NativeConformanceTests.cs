using FluentAssertions;

namespace ProgressiveDelivery.Sdk.Conformance;

public sealed class NativeConformanceTests(ConformanceReport report) : IClassFixture<ConformanceReport>
{
    private const string Vendor = "native";

    public static TheoryData<string> Suites => [.. ConformanceFolder.Suites(Vendor)];

    [ConformanceTheory]
    [MemberData(nameof(Suites))]
    public void EveryCaseOfTheSuiteIsAnsweredAsPublished(string suiteName)
    {
        var suite = ConformanceSuite.Load(Vendor, suiteName);
        var runner = new NativeRunner(suite);

        CaseResult[] results = [.. suite.Cases.Select(runner.Run)];

        report.Add(Vendor, suiteName, results);
        results.Should().NotBeEmpty();
        results.Where(result => !result.Passed).Should().BeEmpty();
    }
}
