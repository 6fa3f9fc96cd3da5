using System.Diagnostics;
using ProgressiveDelivery.Sdk.Faults.Victim;

namespace ProgressiveDelivery.Sdk.Faults.Peers;

/// <summary>Weaknesses of other libraries in answering, which this one does not have.</summary>
public sealed class EvaluationPeersTests : FaultScenario
{
    private const string Rollout = """
        "f": {"type": "string", "variants": {"a": "a", "b": "b", "c": "c"},
              "rules": [{"serve": {"rollout": {"percent": 60, "to": {"split": {"a": 1, "b": 2}}}}}], "default": "c"}
        """;

    [Theory]
    [Scenario("W4")]
    [InlineData("(a+)+$")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a|aa)+$")]
    public async Task W04_HostilePatternIsAnsweredAtOnce(string pattern)
    {
        var subject = await AnswerAsync(Test($$"""{"attribute": "text", "matches": "{{pattern}}"}"""));
        var text = new EvaluationContext("u-1") { ["text"] = new string('a', 100_000) + "!" };

        var begin = Stopwatch.GetTimestamp();
        var answer = subject.Client.EvaluateBoolean("test", text, fallback: true);

        answer.Value.Should().BeFalse();
        Stopwatch.GetElapsedTime(begin).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    [Scenario("W4")]
    public async Task W04_PatternThatNeedsBacktrackingIsAFaultOfItsFlag()
    {
        var subject = await AnswerAsync(Test("""{"attribute": "text", "matches": "(a)\\1"}"""));

        subject.Client.EvaluateBoolean("test", Bait.Context, fallback: true).Should().BeEquivalentTo(new { Value = true, Reason = EvaluationReason.Error });
        subject.IsOn.Should().BeTrue();
    }

    [Fact]
    [Scenario("W4")]
    public async Task W04_PatternsOfOneEvaluationShareOneBudget()
    {
        var tests = string.Join(", ", Enumerable.Range(0, 200).Select(i => $$"""{"attribute": "text", "matches": "(a|b)+c{{i}}"}"""));
        var subject = await AnswerAsync(Test("{\"not\": {\"any\": [" + tests + "]}}"));
        var text = new EvaluationContext("u-1") { ["text"] = new string('a', 1_000_000) };

        subject.Client.EvaluateBoolean("test", text, fallback: false).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Error });
        subject.Client.EvaluateBoolean("test", new EvaluationContext("u-1") { ["text"] = "abba" }, fallback: false).Value.Should().BeTrue();
    }

    [Fact]
    [Scenario("W5")]
    public async Task W05_PercentageRolloutAllocatesNothing()
    {
        var client = (await AnswerAsync($"{Rollout.Replace("\"f\"", "\"rollout\"", StringComparison.Ordinal)}, ")).Client;
        Ask();

        // A collection in the midst counts what is left of the thread's chunk of memory.
        Enumerable.Range(0, 3).Min(_ => Bytes()).Should().Be(0);

        long Bytes()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Ask();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Ask()
        {
            for (var i = 0; i < 10_000; i++) _ = client.GetString("rollout", Bait.Context, "");
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    [Scenario("W8")]
    public async Task W08_EveryProcessAssignsAlike()
    {
        var document = $$"""{"schema": "progressive-delivery/1", "version": 1, "flags": { {{Rollout}} } }""";
        var subject = Client(flags => flags.FromDocument(document));
        await subject.Client.WaitUntilReadyAsync();

        using VictimProcess one = VictimProcess.Start("assign", document), other = VictimProcess.Start("assign", document);
        var (first, second) = (await one.LinesAsync(), await other.LinesAsync());

        first.Should().Equal(second).And.Equal(AssignCommand.Variants(subject.Client));
        first.Distinct().Should().BeEquivalentTo("a", "b", "c");
    }

    [Fact]
    [Scenario("W10")]
    public async Task W10_DocumentOfANewerBackendCostsOnlyWhatCannotBeRead()
    {
        var subject = await AnswerAsync(
            $$"""
            "odd": {"type": "boolean", "variants": {"on": "neither true nor false"}, "default": "on"},
            {{Test("""{"attribute": "text", "soundsLike": "robert"}""")}}
            "newer": {"type": "boolean", "variants": {"on": true}, "default": "on", "color": {"of": ["the", "portal"]} },
            """,
            """
            "newSection": {"with": [1, 2, 3]},
            """);

        subject.Client.EvaluateBoolean("odd", Bait.Context).Reason.Should().Be(EvaluationReason.Error);
        subject.Client.EvaluateBoolean("test", Bait.Context, fallback: true).Should().BeEquivalentTo(new { Value = false, Reason = EvaluationReason.Default });
        subject.Client.IsEnabled("newer", Bait.Context).Should().BeTrue();
        subject.IsOn.Should().BeTrue();
        subject.Status.State.Should().Be(FeatureClientState.Ready);
        await subject.WarnedAsync(4);
        subject.Warnings.Should().HaveCount(4).And.OnlyContain(line => line.Id.Name == "SnapshotFault");
    }

    [Fact]
    [Scenario("W20")]
    public async Task W20_ThreadsThatAskWaitForNoLock()
    {
        var client = (await AnswerAsync($"{Rollout.Replace("\"f\"", "\"rollout\"", StringComparison.Ordinal)}, ")).Client;
        var before = Monitor.LockContentionCount;

        var threads = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Ask, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(threads).WaitAsync(Until.Patience);

        (Monitor.LockContentionCount - before).Should().BeLessThan(100, "one lock on the way to an answer would be fought for thousands of times");

        void Ask()
        {
            for (var i = 0; i < 100_000; i++) _ = client.GetString("rollout", Bait.Context, "");
        }
    }

    private static string Test(string condition) => $$"""
        "test": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {{condition}}, "serve": "on"}], "default": "off"},
        """;

    private async Task<Subject> AnswerAsync(string flags, string more = "")
    {
        var subject = Client(client => client.FromDocument(Document.Of(1, flags: flags, more: more)).Configure(options => options.MaxQuarantinedShare = 1));
        await subject.Client.WaitUntilReadyAsync();
        return subject;
    }
}
