using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Refresh;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

public sealed class SnapshotAcceptanceTests
{
    private static readonly EvaluationContext User = new("u");

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData(null, false)]
    public void AssertionMustComeOut(string? asserted, bool accepted)
    {
        var result = Judge(Some.Snapshot(Some.Flag().When(null)) with { Assertions = [new("flag", User, asserted)] }, Some.Services());

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        if (!accepted)
            result.Diagnostics[^1].Should().Match<SnapshotDiagnostic>(diagnostic => diagnostic.Id == DiagnosticId.AssertionFailed && diagnostic.Path == "$.assertions[0]");
    }

    [Fact]
    public void AssertionOnAMissingFlagIsJudgedAlsoInStrictMode()
    {
        var services = Some.Services(strict: true);

        Judge(Some.Snapshot() with { Assertions = [new("missing", User, null)] }, services).Verdict.Should().Be(AcceptanceVerdict.Accepted);
        Judge(Some.Snapshot() with { Assertions = [new("missing", User, "on")] }, services).Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.AssertionFailed);
    }

    [Fact]
    public void AssertionStoresNoAssignment()
    {
        var assignments = new InMemoryAssignmentStore(10);
        var sticky = Some.Flag() with { Default = Some.Experiment("x", ("on", 1)) with { Sticky = new(1) } };

        Judge(Some.Snapshot(sticky) with { Assertions = [new("flag", User, "on")] }, Some.Services(assignments: assignments)).Verdict.Should().Be(AcceptanceVerdict.Accepted);

        assignments.TryGet("x", "u", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void TooManyMalformedFlagsRefuseTheWhole(int malformed, bool accepted)
    {
        var flags = Enumerable.Range(0, 4).Select(i => i < malformed ? Some.Flag($"f{i}") with { Default = "none" } : Some.Flag($"f{i}"));

        var result = Judge(Some.Snapshot([.. flags]), Some.Services());

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        result.Diagnostics.Count(diagnostic => diagnostic.Id == DiagnosticId.UndefinedVariant).Should().Be(malformed);
        result.Diagnostics.Count(diagnostic => diagnostic.Id == DiagnosticId.TooManyQuarantined).Should().Be(accepted ? 0 : 1);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void SnapshotThatHasExpiredIsRefused(int secondsLeft, bool accepted)
    {
        var result = Judge(Some.Snapshot(Some.Flag()) with { ExpiresAt = Some.Monday.AddSeconds(secondsLeft) }, Some.Services());

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        if (!accepted)
            result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(diagnostic => diagnostic.Id == DiagnosticId.Expired && diagnostic.Path == "$.expiresAt");
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void FlagsAreCountedWhereverTheyComeFrom(int limit, bool accepted)
    {
        var result = Judge(Some.Snapshot(Some.Flag("a"), Some.Flag("b")), Some.Services(), new() { MaxFlags = limit });

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        if (!accepted)
            result.Diagnostics.Should().ContainSingle().Which.Should().Match<SnapshotDiagnostic>(found => found.Id == DiagnosticId.LimitExceeded && found.Path == "$.flags");
    }

    private static AcceptanceResult Judge(SnapshotDefinition snapshot, SnapshotServices services, SnapshotLimits? limits = null) =>
        new SnapshotAcceptance(services, limits ?? new(), 0.25, new()).Judge(
            SnapshotReading.OfDefinition(snapshot), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(services));
}
