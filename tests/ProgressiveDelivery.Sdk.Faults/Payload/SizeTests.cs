using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ProgressiveDelivery.Sdk.Faults.Payload;

/// <summary>P11, P12, P15 and P17: documents that are too large, too deep or too clever.</summary>
public sealed class SizeTests : FaultScenario
{
    private const int Chain = 10_000;
    private const int Megabyte = 1024 * 1024;

    [Fact]
    [Scenario("P11")]
    public async Task P11_ChainOfTenThousandPrerequisitesIsAnsweredOnASmallStack()
    {
        var chain = string.Concat(Enumerable.Range(1, Chain).Select(i => Dependent($"c{i}", $"c{i - 1}"))) + Document.Flag("c0") + ", ";
        var subject = await AcceptAsync(Document.Of(1, flags: chain));

        OwnThread.WithSmallStack(() => subject.Client.EvaluateBoolean($"c{Chain}", Bait.Context)).Should().Match<Evaluation<bool>>(answer => answer.Value && answer.Reason == EvaluationReason.Default);
        subject.Warnings.Should().BeEmpty();
    }

    [Fact]
    [Scenario("P11")]
    public async Task P11_DiamondIsNoCycleAndOnlyACycleIsMalformed()
    {
        var subject = await AcceptAsync(Document.Of(1, flags:
            Dependent("top", "left", "right") + Dependent("left", "base") + Dependent("right", "base") + Document.Flag("base") + ", "
            + Dependent("a", "b") + Dependent("b", "a") + Dependent("outside", "a")));

        subject.Client.IsEnabled("top", Bait.Context).Should().BeTrue();
        subject.Client.EvaluateBoolean("a", Bait.Context).Reason.Should().Be(EvaluationReason.Error);
        subject.Client.EvaluateBoolean("outside", Bait.Context).Reason.Should().Be(EvaluationReason.PrerequisiteFailed);
        await subject.WarnedAsync(1);
        subject.Warnings.Should().OnlyContain(line => line.Message.Contains("PD1118", StringComparison.Ordinal));
    }

    [Fact]
    [Scenario("P12")]
    public async Task P12_FiftyMegabytesAreTakenInBoundedMemory()
    {
        var document = Encoding.UTF8.GetBytes(Large(50 * Megabyte));
        using var peak = new MemoryPeak();

        Server.Otherwise(Reply.Ok(document));
        var subject = Poll();
        await subject.VersionAsync(1);
        var highest = peak.Stop();

        document.Length.Should().BeGreaterThan(50 * Megabyte);
        highest.Should().BeLessThan(12L * document.Length);
        subject.Client.IsEnabled("flag-0", Bait.Context).Should().BeTrue();
    }

    [Fact]
    [Scenario("P12")]
    public async Task P12_TwoHundredMegabytesAreRefusedBeforeTheyAreRead()
    {
        var fault = await RefusalAsync(Reply.Raw("200 OK", [$"Content-Length: {200 * Megabyte}"], new byte[Megabyte]));

        fault.Message.Should().Contain($"more than {64 * Megabyte} bytes");
    }

    [Fact]
    [Scenario("P12")]
    public async Task P12_BodyWithoutEndOrLengthIsRefusedAtTheLimit()
    {
        using var peak = new MemoryPeak();

        var fault = await RefusalAsync(Endless(), 4 * Megabyte);

        fault.Message.Should().Contain($"more than {4 * Megabyte} bytes");
        peak.Stop().Should().BeLessThan(64 * Megabyte);
    }

    [Fact]
    [Scenario("P12")]
    public async Task P12_EventLargerThanAllowedIsRefusedAndTheStreamOpenedAnew()
    {
        Server.Then(new EventFeed().Event("snapshot", Document.Of(1).OneLine()).Event("snapshot", Large(2 * Megabyte).OneLine()).Reply())
            .Then(new EventFeed().Event("snapshot", Document.Of(2).OneLine()).Reply());
        var subject = Follow(client: flags => flags.Configure(options => options.Limits.MaxBytes = Megabyte));
        await subject.StateAsync(FeatureClientState.Failed);

        var fault = subject.Status.Cause!;
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 2);

        fault.Message.Should().Contain($"an event of more than {Megabyte} bytes");
    }

    [Fact]
    [Scenario("P12")]
    public async Task P12_SegmentOfAHundredThousandPeopleIsLookedUpAtOnce()
    {
        var people = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"person-{i}\""));
        var subject = await AcceptAsync(Document.Of(
            1,
            more: $$"""
                "segments": {"many": {"include": [{{people}}] } },
                """,
            flags: """
                "many": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {"segment": "many"}, "serve": "on"}], "default": "off"},
                """));
        var (inside, outside) = (new EvaluationContext("person-99999"), new EvaluationContext("person-100000"));

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
        {
            subject.Client.IsEnabled("many", inside).Should().BeTrue();
            subject.Client.IsEnabled("many", outside).Should().BeFalse();
        }

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [Scenario("P15")]
    [InlineData("{\"attribute\": \"text\", \"matches\": \"^(a+)+$\"}", true)]
    [InlineData("{\"attribute\": \"text\", \"matches\": \"^(a|a)*$\"}", true)]
    [InlineData("{\"attribute\": \"text\", \"matches\": \"(?=(a+))\\\\1!\"}", false)]
    [InlineData("{\"attribute\": \"text\", \"matches\": \"((a{1000}){1000}){1000}\"}", false)]
    [InlineData("{\"attribute\": \"text\", \"matches\": \"(unclosed\"}", false)]
    [InlineData("{\"attribute\": \"text\", \"semver\": \">=1.0.0-0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0\"}", true)]
    [InlineData("{\"attribute\": \"text\", \"semver\": \">=99999999999999999999999999.0.0\"}", true)]
    [InlineData("{\"attribute\": \"text\", \"semver\": \">>1\"}", false)]
    [InlineData("{\"attribute\": \"text\", \"before\": \"9999-99-99T99:99:99Z\"}", false)]
    [InlineData("{\"attribute\": \"text\", \"before\": \"2026-01-01T00:00:00.0000000000000000000000000000000000001Z\"}", true)]
    public async Task P15_HostileOperandIsJudgedWhenItIsReadAndAnswersPromptly(string condition, bool isSound)
    {
        var clock = Stopwatch.StartNew();
        var subject = await AcceptAsync(Document.Of(1, flags: $$"""
            "hostile": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {{condition}}, "serve": "on"}], "default": "off"},
            """));
        var context = new EvaluationContext("u") { ["text"] = new string('a', 5_000) + "!" };

        var answer = subject.Client.EvaluateBoolean("hostile", context);

        answer.Value.Should().BeFalse();
        answer.Reason.Should().Be(isSound ? EvaluationReason.Default : EvaluationReason.Error);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    [Scenario("P15")]
    public async Task P15_CallersValueThatHoldsItselfAgainAndAgainIsAnsweredAndExplained()
    {
        var subject = await AcceptAsync(Document.Of(1, flags: """
            "hostile": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [
              {"when": {"attribute": "list", "hasAny": ["a"]}, "serve": "on"}, {"when": {"attribute": "list", "equals": "a"}, "serve": "on"}], "default": "off"},
            """));
        var list = AttributeValue.List("a");
        for (var i = 0; i < 40; i++)
            list = AttributeValue.List(list, list);
        var context = new EvaluationContext("u") { ["list"] = list };

        subject.Client.EvaluateBoolean("hostile", context).Reason.Should().Be(EvaluationReason.Default);
        subject.Client.Explain("hostile", context).ToString().Length.Should().BeLessThan(5_000);
        context.Should().Be(new EvaluationContext("u") { ["list"] = list });
    }

    [Fact]
    [Scenario("P15")]
    public async Task P15_NamesThatAreChosenToCollideAreTakenAsOthersAre()
    {
        // Under a hash that sums up the words of a name, each times a multiplier in a row, all of these collide.
        string[] names = [.. Enumerable.Range(0, 30_000).Select(i => (Low: i % 174, High: i / 174)).Select(at =>
            $"{(char)(0x100 + at.Low)}{(char)(0x100 + at.High)}aa{(char)(0x1000 - (2 * at.Low))}{(char)(0x1000 - (2 * at.High))}aa{(char)(0x100 + at.Low)}{(char)(0x100 + at.High)}aa")];
        var subject = await AcceptAsync(Document.Of(1, flags: $$"""
            "chosen": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {"attribute": "name", "in": [{{string.Join(", ", names.Select(name => $"\"{name}\""))}}]}, "serve": "on"}], "default": "off"},
            """));

        subject.Client.IsEnabled("chosen", new EvaluationContext("u") { ["name"] = names[^1] }).Should().BeTrue();
        subject.Client.IsEnabled("chosen", new EvaluationContext("u") { ["name"] = "another" }).Should().BeFalse();
    }

    [Fact]
    [Scenario("P17")]
    public async Task P17_GzipOfSeveralMembersAndWithPaddingIsRead()
    {
        var document = Encoding.UTF8.GetBytes(Document.Of(1));
        byte[] sent = [.. Reply.Gzip(document[..40]), .. Reply.Gzip(document[40..]), .. new byte[512]];
        Server.Then(Reply.Ok(sent, "Content-Encoding: gzip"));

        await Poll().VersionAsync(1);
    }

    [Fact]
    [Scenario("P17")]
    public async Task P17_GzipBombIsRefusedAtTheLimit()
    {
        var bomb = Reply.Gzip(new byte[64 * Megabyte]);
        using var peak = new MemoryPeak();

        var fault = await RefusalAsync(Reply.Ok(bomb, "Content-Encoding: gzip"), 4 * Megabyte);

        bomb.Length.Should().BeLessThan(Megabyte);
        fault.Message.Should().Contain($"more than {4 * Megabyte} bytes when decompressed");
        peak.Stop().Should().BeLessThan(64 * Megabyte);
    }

    [Fact]
    [Scenario("P17")]
    public async Task P17_BrotliBombIsRefusedAtTheLimit()
    {
        var fault = await RefusalAsync(Reply.Ok(Reply.Brotli(new byte[64 * Megabyte]), "Content-Encoding: br"), 4 * Megabyte);

        fault.Message.Should().Contain("when decompressed");
    }

    [Theory]
    [Scenario("P17")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    public async Task P17_BodyThatIsNotEncodedAsItSaysIsRefused(string encoding)
    {
        var fault = await RefusalAsync(Reply.Ok(Document.Of(2), $"Content-Encoding: {encoding}"));

        fault.Message.Should().MatchRegex("Content-Encoding|ends in the middle");
    }

    private static string Dependent(string key, params string[] others)
    {
        var requires = string.Join(',', others.Select(other => $$"""{"flag": "{{other}}", "variants": ["on"]}"""));
        return $$"""
            "{{key}}": {"type": "boolean", "variants": {"on": true, "off": false}, "requires": [{{requires}}], "default": "on"},
            """;
    }

    private static string Large(int bytes)
    {
        const int FlagBytes = 2_500;
        var text = new string('x', FlagBytes);
        var flags = new StringBuilder(bytes + (bytes / 10));
        for (var i = 0; flags.Length < bytes; i++)
            flags.Append(CultureInfo.InvariantCulture, $$"""
                "flag-{{i}}": {"type": "boolean", "variants": {"on": true, "off": false}, "default": "on", "metadata": {"text": "{{text}}"} },
                """);
        return Document.Of(1, flags: flags.ToString());
    }

    private static ScriptedReply Endless() => async (socket, stopping) =>
    {
        await Reply.SendHeadAsync(socket, "200 OK", ["Transfer-Encoding: chunked"], stopping);
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        while (true) await Reply.SendAsync(socket, chunk, stopping);
    };

    private async Task<Subject> AcceptAsync(string document)
    {
        Server.Otherwise(Reply.Ok(document));
        var subject = Poll(client: flags => flags.Configure(options => options.MaxQuarantinedShare = 0.9));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 1);
        return subject;
    }

    private async Task<FeatureClientFault> RefusalAsync(ScriptedReply reply, int? maxBytes = null)
    {
        Server.Then(Reply.Ok(Document.Of(1))).Otherwise(reply);
        var subject = Poll(client: flags => flags.Configure(options => options.Limits.MaxBytes = maxBytes ?? options.Limits.MaxBytes));
        await subject.VersionAsync(1);

        await Clock.SkipPausesUntilAsync(() => subject.Status.Cause is not null);
        var (version, fault) = (subject.Status.SnapshotVersion, subject.Status.Cause!);
        Server.Otherwise(Reply.Ok(Document.Of(3)));
        await Clock.SkipPausesUntilAsync(() => subject.Status.SnapshotVersion == 3);

        version.Should().Be(1);
        return fault;
    }
}
