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

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void PatchedStateMayHaveAsManyBytesAsTheLimitHoweverManyWereSent(int more, bool accepted)
    {
        var inForce = Accept(Whole(1, "off", "off") + new string(' ', 1_000));
        var length = KeptSnapshot.LengthOf(Patched(inForce, new()).Snapshot!.Definition!)!.Value;

        var result = Patched(inForce, new() { MaxBytes = (int)length + more });

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        result.Diagnostics.Select(found => (found.Id, found.Path)).Should().Equal(accepted ? [] : [(DiagnosticId.LimitExceeded, "$")]);
        if (accepted)
            result.Snapshot!.SentBytes.Should().Be(length, "the whole was measured");
    }

    [Fact]
    public void BytesThatWereSentAreCountedFromTheLastWholeDocument()
    {
        var (first, second, patch) = (Whole(1, "off", "off"), Whole(3, "off", "off") + " ", Patch(1, "b", "on"));
        var inForce = Accept(first);
        var patched = Patched(inForce, new() { MaxBytes = first.Length + patch.Length }).Snapshot!;
        var whole = _acceptance.Judge(SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(second)), Native, SnapshotOrigin.Source, patched).Snapshot!;

        inForce.SentBytes.Should().Be(first.Length);
        patched.SentBytes.Should().Be(first.Length + patch.Length);
        whole.SentBytes.Should().Be(second.Length);
        (inForce.IsPatched, patched.IsPatched, whole.IsPatched).Should().Be((false, true, false));
    }

    [Fact]
    public void KeptStateMayHaveGrownBeyondTheLimitOfWhatIsSent()
    {
        var whole = Whole(1, "off", "off");

        var result = new SnapshotAcceptance(Services, new() { MaxBytes = whole.Length - 1 }, 0.25).Judge(
            SnapshotReading.OfKept([Text(whole), Text(Patch(1, "b", "on"))]), Native, SnapshotOrigin.LastKnownGood, FeatureSnapshot.NotReady(Services));

        result.Verdict.Should().Be(AcceptanceVerdict.Accepted);
        result.Snapshot!.IsEnabled("b", User).Should().BeTrue();
    }

    [Theory]
    [InlineData(4, 2, true)]
    [InlineData(3, 2, false)]
    [InlineData(2 * SnapshotLimits.MaxGuardsPerFlag, SnapshotLimits.MaxGuardsPerFlag + 1, true)]
    [InlineData((2 * SnapshotLimits.MaxGuardsPerFlag) - 1, SnapshotLimits.MaxGuardsPerFlag + 1, false)]
    public void GuardsAreCountedWhereverTheyComeFromUpToTheLimitOfTheirFlag(int limit, int guards, bool accepted)
    {
        FlagDefinition Guarded(string key) => Some.Flag(key) with { Guards = [.. Enumerable.Range(0, guards).Select(i => Some.Guard($"g{i}"))] };

        var result = Judge(Some.Snapshot(Guarded("a"), Guarded("b")), Services, new() { MaxGuards = limit });

        (result.Verdict == AcceptanceVerdict.Accepted).Should().Be(accepted);
        result.Diagnostics.Count(found => found is { Id: DiagnosticId.LimitExceeded, Path: "$.flags" }).Should().Be(accepted ? 0 : 1);
    }

    [Fact]
    public void SnapshotTellsItsWorstFindingsFirstAndAThousandOfThem()
    {
        var many = string.Concat(Enumerable.Range(0, 1_100).Select(i => $"\"w{i}\": {{ \"type\": \"boolean\", \"x{i}\": 1, \"unheard-of\": 1 }}, "));

        var result = Judge($$"""{ "schema": "progressive-delivery/1", "version": 1, "flags": { {{many}} "bad": { "type": "boolean", "default": "none" } } }""");

        result.Diagnostics.Should().HaveCountGreaterThan(1_000);
        result.Snapshot!.Diagnostics.Should().HaveCount(1_000).And.BeInDescendingOrder(found => found.Severity);
        result.Snapshot.Diagnostics[0].Should().Match<SnapshotDiagnostic>(found => found.Severity == DiagnosticSeverity.Error && found.Path.Contains("bad"));
    }

    [Theory]
    [InlineData(7, 7L)]
    [InlineData(0, null)]
    public void RefusedReadingTellsWhatItSaidOfItself(long version, long? sent)
    {
        var expired = new SnapshotDefinition { Version = version, ChangedBy = "ada", ChangeReason = "INC-1", ExpiresAt = Some.Monday };

        var given = Judge(expired, Services);
        var read = _acceptance.Judge(SnapshotReading.OfDocument("x"u8.ToArray()), new Fixed(new(expired, [])), SnapshotOrigin.Source, FeatureSnapshot.NotReady(Services));

        given.Sent.Should().Be(new SentContent(sent, "ada", "INC-1"));
        read.Sent.Should().Be(given.Sent);
    }

    [Fact]
    public void DefinitionsTakeThePlaceOfThoseInForce()
    {
        var inForce = Accept(Whole(1, "off", "off"));

        var result = _acceptance.Judge(SnapshotReading.OfDefinition(Some.Snapshot(Some.Flag("c")) with { Version = 2 }), Native, SnapshotOrigin.Source, inForce);

        result.Snapshot!.Definition!.Flags.Should().ContainSingle().Which.Key.Should().Be("c");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void FindingThatRejectsComesLast(int findings)
    {
        SnapshotDiagnostic[] found = [.. Enumerable.Range(0, findings).Select(i => new SnapshotDiagnostic($"PD900{i}", DiagnosticSeverity.Error, "$", "Wrong."))];

        var result = _acceptance.Judge(SnapshotReading.OfDocument("x"u8.ToArray()), new Fixed(new(null, found)), SnapshotOrigin.Source, FeatureSnapshot.NotReady(Services));

        result.Verdict.Should().Be(AcceptanceVerdict.Refused);
        result.Diagnostics.Select(diagnostic => diagnostic.Id).Should().Equal(findings == 0 ? [DiagnosticId.MalformedJson] : found.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void PatchOfAnotherVersionNamesBoth() =>
        _acceptance.Judge(SnapshotReading.OfPatch(Text(Patch(5, "b", "on"))), Native, SnapshotOrigin.Source, Accept(Whole(3, "off", "off")))
            .Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("5").And.Contain("3");

    [Fact]
    public void WarningsAboutAPatchAreKept() =>
        _acceptance.Judge(SnapshotReading.OfPatch(Text(Patch(1, "b", "on").Replace("\"set\"", "\"unheard-of\": 1, \"set\"", StringComparison.Ordinal))), Native, SnapshotOrigin.Source, Accept(Whole(1, "off", "off")))
            .Snapshot!.Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("unheard-of");

    private static NativeSnapshotFormat Native => new(new());

    private static SignedText Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private FeatureSnapshot Accept(string document) => Judge(document).Snapshot!;

    private AcceptanceResult Judge(string document) =>
        _acceptance.Judge(SnapshotReading.OfDocument(Encoding.UTF8.GetBytes(document)), Native, SnapshotOrigin.Source, FeatureSnapshot.NotReady(Services));

    private static AcceptanceResult Patched(FeatureSnapshot inForce, SnapshotLimits limits) =>
        new SnapshotAcceptance(Services, limits, 0.25).Judge(SnapshotReading.OfPatch(Text(Patch(1, "b", "on"))), Native, SnapshotOrigin.Source, inForce);

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

    private sealed class Fixed(SnapshotReadResult result) : ISnapshotFormat
    {
        public string Name => "fixed/1";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document) => result;
    }
}
