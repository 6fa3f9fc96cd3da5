using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Faults.Payload;

/// <summary>P3 to P5, P13 and P14: documents that are good but for a part.</summary>
public sealed class PartlyBadDocumentTests : FaultScenario
{
    [Fact]
    [Scenario("P3")]
    public async Task P03_MalformedFlagAmongAThousandCostsNoOther()
    {
        var flags = string.Concat(Enumerable.Range(0, 998).Select(i => Document.Flag($"flag-{i}") + ", "));
        var subject = await AcceptAsync("\"bad\": {\"type\": \"boolean\", \"variants\": {\"on\": \"yes\"}, \"default\": \"on\"}, " + flags);

        var answer = subject.Client.EvaluateBoolean("bad", Bait.Context, fallback: true);

        (answer.Value, answer.Reason).Should().Be((true, EvaluationReason.Error));
        Enumerable.Range(0, 998).Should().OnlyContain(i => subject.Client.IsEnabled($"flag-{i}", Bait.Context, false));
        await subject.WarnedAsync(1);
        subject.Warnings.Should().ContainSingle().Which.Message.Should().Contain("'bad'");
    }

    [Fact]
    [Scenario("P3")]
    public async Task P03_ReaderThatThrowsOnADocumentCostsThatDocumentAlone()
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(Reply.Ok(Document.Of(2, more: "\"throws\": true, ")));
        var subject = Client(flags => flags.FromHttp(options => options.Address = Server.Address, _ => new ThrowingFormat())).Start();
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null);
        subject.IsOn.Should().BeTrue();
        subject.Status.Cause!.Message.Should().Contain("PD1134").And.Contain(nameof(OverflowException));

        Server.Otherwise(Reply.Ok(Document.Of(3, on: false)));
        await Clock.SkipPausesUntilAsync(() => !subject.IsOn);
        subject.Status.SnapshotVersion.Should().Be(3);
    }

    [Theory]
    [Scenario("P4")]
    [InlineData("{\"attribute\": \"email\", \"soundsLike\": \"canary\"}", 1)]
    [InlineData("{\"not\": {\"attribute\": \"email\", \"soundsLike\": \"canary\"}}", 1)]
    [InlineData("{\"attribute\": \"email\", \"exists\": true, \"novelty\": null}", 0)]
    public async Task P04_UnknownOperatorNeverMatchesAndIsWarnedOfOnce(string condition, int warnings)
    {
        var flag = $$"""
            "new": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {{condition}}, "serve": "on"}], "default": "off"},
            """;
        var subject = await AcceptAsync(flag);

        subject.Client.EvaluateBoolean("new", Bait.Context).Reason.Should().Be(warnings == 0 ? EvaluationReason.RuleMatch : EvaluationReason.Default);
        await subject.WarnedAsync(warnings);
        subject.Warnings.Should().HaveCount(warnings);
    }

    [Fact]
    [Scenario("P4")]
    public async Task P04_UnknownMembersAreIgnoredAndAnUnknownTypeIsQuarantined()
    {
        var subject = await AcceptAsync(
            """
            "typed": {"type": "color", "variants": {"red": "#f00"}, "default": "red"},
            "more": {"type": "boolean", "novelty": [1, {"a": {}}], "variants": {"on": true}, "default": "on"},
            """,
            "\"novelty\": {\"deep\": [[[]]]}, ");

        subject.Client.IsEnabled("more", Bait.Context).Should().BeTrue();
        subject.Client.EvaluateString("typed", Bait.Context, "?").Reason.Should().Be(EvaluationReason.Error);
        await subject.WarnedAsync(3);
        subject.Warnings.Should().HaveCount(3, "each unknown member is one warning, and the unknown type another");
    }

    [Theory]
    [Scenario("P4")]
    [InlineData("\"enable\": false", "enabled")]
    [InlineData("\"rules\": [{\"wen\": {\"attribute\": \"email\", \"exists\": false}, \"serve\": \"on\"}]", "when")]
    [InlineData("\"rules\": [{\"when\": {\"attribute\": \"email\", \"equls\": \"x\"}, \"serve\": \"on\"}]", "equals")]
    [InlineData("\"rules\": [{\"when\": {\"segment\": \"crew\"}, \"serve\": \"on\"}]", "include")]
    public async Task P04_MisspeltMemberCostsItsFlagAndIsNamed(string misspelt, string meant)
    {
        var subject = await AcceptAsync(
            $$"""
            "risky": {"type": "boolean", {{misspelt}}, "default": "on"},
            """,
            meant == "include" ? "\"segments\": {\"crew\": {\"inclued\": [\"u\"]}}, " : "");

        var answer = subject.Client.EvaluateBoolean("risky", Bait.Context, fallback: false);

        (answer.Value, answer.Reason).Should().Be((false, EvaluationReason.Error));
        subject.IsOn.Should().BeTrue();
        await subject.WarnedAsync(1);
        subject.Warnings.Should().Contain(line => line.Message.Contains("PD1143", StringComparison.Ordinal) && line.Message.Contains($"'{meant}'", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("P4")]
    public async Task P04_UnknownEventIsPassedBy()
    {
        Server.Then(new EventFeed()
            .Event("snapshot", Document.Of(1).OneLine()).Event("novelty", "not JSON").Event("message", "hello").Event("patch", Document.Patch(1, 2)).Reply());

        var subject = Follow();
        await subject.VersionAsync(2);

        Server.Served.Should().Be(1);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("P5")]
    public async Task P05_NullsCountAsAbsentAndEmptyTextsHarmNobody()
    {
        var subject = await AcceptAsync(
            """
            "nulls": {"type": "boolean", "variants": {"on": true, "off": false}, "enabled": null, "offVariant": null, "requires": null,
                      "rules": null, "default": "on", "guards": null, "clientVisible": null, "metadata": null},
            "rule": {"type": "boolean", "variants": {"on": true}, "rules": [{"id": null, "when": null, "serve": "on"}], "default": null},
            "": {"type": "string", "variants": {"": ""}, "default": ""},
            "missing": {}, "null": null,
            """,
            "\"environment\": null, \"publishedAt\": null, \"expiresAt\": null, \"segments\": null, \"layers\": null, \"holdouts\": null, \"assertions\": null, ");

        subject.Client.IsEnabled("nulls", Bait.Context).Should().BeTrue();
        subject.Client.IsEnabled("rule", Bait.Context).Should().BeTrue();
        subject.Client.EvaluateString("", Bait.Context, "?").Value.Should().Be("");
        subject.Client.EvaluateBoolean("missing", Bait.Context, true).Reason.Should().Be(EvaluationReason.Error);
        subject.Client.EvaluateBoolean("null", Bait.Context, true).Value.Should().BeTrue();
    }

    [Theory]
    [Scenario("P13")]
    [InlineData("integer", "1", 1L, 1d)]
    [InlineData("integer", "1.0", 1L, 1d)]
    [InlineData("integer", "1e5", 100_000L, 100_000d)]
    [InlineData("integer", "9007199254740993", 9_007_199_254_740_993L, 9_007_199_254_740_992d)]
    [InlineData("integer", "9223372036854775807", long.MaxValue, 9_223_372_036_854_775_807d)]
    [InlineData("number", "0.5", null, 0.5)]
    [InlineData("number", "1e308", null, 1e308)]
    [InlineData("integer", "1.5", null, null)]
    [InlineData("integer", "9223372036854775808", null, null)]
    [InlineData("integer", "\"NaN\"", null, null)]
    [InlineData("number", "\"NaN\"", null, null)]
    [InlineData("number", "1e999", null, null)]
    public async Task P13_NumberIsReadAsItsTypeSaysOrNotAtAll(string type, string text, long? whole, double? number)
    {
        var subject = await AcceptAsync($$"""
            "n": {"type": "{{type}}", "variants": {"only": {{text}} }, "default": "only"},
            """);

        var (asInteger, asNumber) = (subject.Client.EvaluateInteger("n", Bait.Context, -1), subject.Client.EvaluateNumber("n", Bait.Context, -1));

        asInteger.Value.Should().Be(whole ?? -1);
        asNumber.Value.Should().Be(number ?? -1);
        if (whole is null) asInteger.Reason.Should().Be(number is null ? EvaluationReason.Error : EvaluationReason.TypeMismatch);
    }

    [Theory]
    [Scenario("P14")]
    [InlineData(0)]
    [InlineData(1)]
    public async Task P14_DuplicateKeysAreDecidedTheSameWayEachTimeAndWarnedOf(int run)
    {
        var subject = await AcceptAsync(Document.Flag("twice", on: false) + ", " + Document.Flag("twice", on: true) + ", ");

        subject.Client.IsEnabled("twice", Bait.Context, false).Should().BeTrue($"the last one counts, also in run {run}");
        await subject.WarnedAsync(1);
        subject.Warnings.Should().ContainSingle().Which.Message.Should().Contain("PD1120");
    }

    [Fact]
    [Scenario("P14")]
    public async Task P14_KeysAreComparedByTheirCharactersAndNothingElse()
    {
        var subject = await AcceptAsync(string.Concat(
            Document.Flag("Case", on: false), ", ", Document.Flag("case", on: true), ", ",
            Document.Flag("\\u00e9", on: true), ", ", Document.Flag("e\\u0301", on: false), ", ",
            Document.Flag("nul\\u0000", on: true), ", ", Document.Flag("nul", on: false), ", ",
            Document.Flag("\\ufeffmark", on: true), ", ", Document.Flag("\\ud83d\\ude80", on: true), ", "));

        foreach (var (key, on) in new[] { ("Case", false), ("case", true), ("é", true), ("e\u0301", false), ("nul\0", true), ("nul", false), ("\ufeffmark", true), ("🚀", true) })
            subject.Client.EvaluateBoolean(key, Bait.Context, !on).Should().Match<Evaluation<bool>>(answer => answer.Value == on && answer.Reason == EvaluationReason.Default, key);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("P14")]
    public async Task P14_LoneSurrogateInAKeyAndByteOrderMarkBeforeTheDocumentHarmNobody()
    {
        Server.Otherwise(Reply.Ok([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Document.Of(1, flags: Document.Flag("\\ud800") + ", "))]));

        var subject = Poll();
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);

        subject.IsOn.Should().BeTrue();
    }

    private async Task<Subject> AcceptAsync(string flags, string more = "")
    {
        SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(Document.Of(1, flags: flags, more: more))).Definition.Should().NotBeNull();
        Server.Otherwise(Reply.Ok(Document.Of(1, flags: flags, more: more)));
        var subject = Poll(client: flags => flags.Configure(options => options.MaxQuarantinedShare = 0.9));
        await subject.VersionAsync(1);
        return subject;
    }

    private sealed class ThrowingFormat : ISnapshotFormat
    {
        private readonly ISnapshotFormat _own = SnapshotJson.Format();

        public string Name => "throwing";

        public SnapshotReadResult Read(ReadOnlyMemory<byte> document) =>
            document.Span.IndexOf("throws"u8) < 0 ? _own.Read(document) : throw new OverflowException("a tick too many");
    }
}
