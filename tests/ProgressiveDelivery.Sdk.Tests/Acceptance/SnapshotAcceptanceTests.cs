using System.Text;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Tests.Acceptance;

public sealed class SnapshotAcceptanceTests
{
    private static readonly EvaluationContext User = new("u");
    private static readonly SnapshotServices Services = Some.Services();

    private readonly SnapshotAcceptance _acceptance = new(Services, new(), 0.25);

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData(null, false)]
    public void AssertionMustComeOut(string? asserted, bool accepted)
    {
        var result = Judge(Some.Snapshot(Some.Flag().When(null)) with { Assertions = [new() { Flag = "flag", Context = User, Variant = asserted }] }, Some.Services());

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        if (!accepted)
            result.Diagnostics[^1].Should().Match<SnapshotDiagnostic>(diagnostic => diagnostic.Id == DiagnosticId.AssertionFailed && diagnostic.Path == "$.assertions[0]");
    }

    [Fact]
    public void AssertionOnAMissingFlagIsJudgedAlsoInStrictMode()
    {
        var services = Some.Services(strict: true);

        Judge(Some.Snapshot() with { Assertions = [new() { Flag = "missing", Context = User, Variant = null }] }, services).Verdict.Should().Be(AcceptanceVerdict.Accepted);
        Judge(Some.Snapshot() with { Assertions = [new() { Flag = "missing", Context = User, Variant = "on" }] }, services).Diagnostics.Should().ContainSingle().Which.Id.Should().Be(DiagnosticId.AssertionFailed);
    }

    [Fact]
    public void AssertionStoresNoAssignment()
    {
        var assignments = new AssignmentMemory(10);
        var sticky = Some.Flag() with { Default = Some.Experiment("x", ("on", 1)) with { Sticky = new() { Version = 1 } } };

        Judge(Some.Snapshot(sticky) with { Assertions = [new() { Flag = "flag", Context = User, Variant = "on" }] }, Some.Services(assignments: assignments)).Verdict.Should().Be(AcceptanceVerdict.Accepted);

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
    [InlineData(1, 1, 0.25, false)]
    [InlineData(1, 2, 0.25, true)]
    [InlineData(1, 3, 0.25, true)]
    [InlineData(2, 3, 0.25, false)]
    [InlineData(1, 3, 0, false)]
    [InlineData(1, 1, 1, true)]
    public void OneMalformedFlagDoesNotCostTheOthersHoweverFewTheyAre(int malformed, int all, double share, bool accepted)
    {
        var flags = Enumerable.Range(0, all).Select(i => i < malformed ? Some.Flag($"f{i}") with { Default = "none" } : Some.Flag($"f{i}"));
        var services = Some.Services();

        var result = new SnapshotAcceptance(services, new(), share).Judge(
            SnapshotReading.OfDefinition(Some.Snapshot([.. flags])), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(services));

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
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

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void DocumentMayHaveAsManyBytesAsTheLimit(int more, bool accepted)
    {
        var document = Encoding.UTF8.GetBytes(Whole(1, "on", "off"));

        var result = new SnapshotAcceptance(Services, new() { MaxBytes = document.Length + more }, 0.25).Judge(
            SnapshotReading.OfDocument(document), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(Services));

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
    }

    [Fact]
    public void KeptDocumentIsCompiledWholeWhateverItsPatchesChange()
    {
        var inForce = Kept(Whole(1, "off", "off"));

        var later = Kept(inForce.Snapshot, Whole(2, "on", "off"), Patch(2, "b", "on"));

        later.Verdict.Should().Be(AcceptanceVerdict.Accepted);
        later.Snapshot!.IsEnabled("a", User).Should().BeTrue();
        later.Snapshot.IsEnabled("b", User).Should().BeTrue();
    }

    [Fact]
    public void PatchThatDoesNotFitIsRefusedWithAllBehindIt()
    {
        Kept(Whole(1, "off", "off"), Patch(1, "b", "on")).Verdict.Should().Be(AcceptanceVerdict.Accepted);
        Kept(Whole(1, "off", "off"), Patch(5, "a", "on"), Patch(1, "b", "on")).Verdict.Should().Be(AcceptanceVerdict.Refused);
    }

    private AcceptanceResult Kept(params string[] texts) => Kept(null, texts);

    private AcceptanceResult Kept(FeatureSnapshot? inForce, params string[] texts) => _acceptance.Judge(
        SnapshotReading.OfKept([.. texts.Select(text => new SignedText(Encoding.UTF8.GetBytes(text)))]), new NativeSnapshotFormat(new()), SnapshotOrigin.LastKnownGood, inForce ?? FeatureSnapshot.NotReady(Services));

    private static string Whole(long version, string a, string b) => $$"""{ "schema": "progressive-delivery/1", "version": {{version}}, "flags": { {{Flag("a", a)}}, {{Flag("b", b)}} } }""";

    private static string Patch(long @base, string flag, string variant) =>
        $$"""{ "baseVersion": {{@base}}, "version": {{@base + 1}}, "set": { "flags": { {{Flag(flag, variant)}} } } }""";

    private static string Flag(string key, string variant) => $$"""
        "{{key}}": { "type": "boolean", "variants": { "on": true, "off": false }, "default": "{{variant}}" }
        """;

    private static AcceptanceResult Judge(SnapshotDefinition snapshot, SnapshotServices services, SnapshotLimits? limits = null) =>
        new SnapshotAcceptance(services, limits ?? new(), 0.25).Judge(
            SnapshotReading.OfDefinition(snapshot), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(services));
}
