using System.Text.Json;
using FluentAssertions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>What published documents of our own format are told of their members.</summary>
public sealed class NativeDocumentsTests
{
    /// <summary>Members that the cases have on purpose, for readers that must pass them by; the last two are of a guard as it was before the format had guards.</summary>
    private static readonly string[] UnknownOnPurpose = ["colour", "description", "note", "worseBy", "minimumSamples"];

    public static TheoryData<string> Suites => [.. ConformanceFolder.Suites("native")];

    [ConformanceTheory]
    [MemberData(nameof(Suites))]
    public void NoMemberIsTakenForAMisspellingAndOnlyUnknownOnesAreWarnedOf(string suiteName)
    {
        var suite = ConformanceSuite.Load("native", suiteName);
        string[] snapshots = [.. suite.Cases.Select(@case => @case.GetProperty("snapshot").GetString()!).Distinct()];

        SnapshotDiagnostic[] found = [.. snapshots
            .SelectMany(name => SnapshotJson.Read(JsonSerializer.SerializeToUtf8Bytes(suite.Snapshot(name))).Diagnostics)
            .Where(diagnostic => diagnostic.Id is "PD1143" or "PD1144")];

        snapshots.Should().NotBeEmpty();
        found.Where(diagnostic => diagnostic.Id != "PD1144" || !UnknownOnPurpose.Any(name => diagnostic.Path.EndsWith($".{name}", StringComparison.Ordinal)))
            .Should().BeEmpty();
    }
}
