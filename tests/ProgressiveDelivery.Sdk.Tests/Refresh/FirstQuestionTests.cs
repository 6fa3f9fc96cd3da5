using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Refresh;

/// <summary>A client that was not started starts at its first use, and reports it.</summary>
public sealed class FirstQuestionTests : IDisposable
{
    private static readonly FeatureFlag<bool> Declared = new("f", fallback: false);

    private readonly ClientUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    public static TheoryData<string> Questions => [.. Ways.Keys];

    private static Dictionary<string, Action<FeatureClient>> Ways { get; } = new()
    {
        ["by key"] = client => client.IsEnabled("f", EvaluationContext.Empty),
        ["with details"] = client => client.EvaluateString("f", EvaluationContext.Empty, null),
        ["by handle"] = client => client.Get(Declared, EvaluationContext.Empty),
        ["by handle, with details"] = client => client.Evaluate(Declared, EvaluationContext.Empty),
        ["with a context on the stack"] = client => client.Get(Declared, new StackContext("u")),
        ["with a context on the stack, by key"] = client => client.IsEnabled("f", new StackContext("u")),
        ["with a context on the stack, with details"] = client => client.Evaluate(Declared, new StackContext("u")),
        ["for an explanation"] = client => client.Explain("f", EvaluationContext.Empty),
        ["for a front end"] = client => client.GetFrontEndFlags(EvaluationContext.Empty),
        ["through a snapshot"] = client => client.GetSnapshot().IsEnabled("f", EvaluationContext.Empty),
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task FirstQuestionStartsTheLoopAndIsReportedOnce(string way)
    {
        Ways[way](_test.Client);
        Ways[way](_test.Client);
        await _test.Source.PlayAsync(Document(ClientUnderTest.Document(1)));

        _test.IsOn.Should().BeTrue();
        _test.Warnings.Should().ContainSingle().Which.Should().Match<Microsoft.Extensions.Logging.Testing.FakeLogRecord>(record =>
            record.Id.Id == 200 && record.Message.Contains("WaitUntilReadyAsync") && record.Message.Contains("script"));
    }

    [Fact]
    public async Task SubscriptionStartsTheLoopWithoutAWarning()
    {
        var seen = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _test.Client.OnChange(Declared, EvaluationContext.Empty, change => seen.TrySetResult(change.Current.Value));

        await _test.Source.PlayAsync(Document(ClientUnderTest.Document(1)));

        (await seen.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeTrue();
        _test.Warnings.Should().BeEmpty();
        _test.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 201);
    }

    [Fact]
    public async Task QuestionInAHandlerOfChangesIsAnsweredByTheNewRules()
    {
        var seen = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _test.Client.OnChange(_ => seen.TrySetResult(_test.IsOn));

        await _test.Source.PlayAsync(Document(ClientUnderTest.Document(1)));

        (await seen.Task.WaitAsync(TimeSpan.FromMinutes(2))).Should().BeTrue();
    }

    [Fact]
    public async Task HundredFirstQuestionsAtOnceStartOneLoop()
    {
        using var barrier = new Barrier(100);
        var questions = Enumerable.Range(0, 100).Select(_ => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return _test.IsOn;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        (await Task.WhenAll(questions).WaitAsync(Until.Patience)).Should().NotContain(true);

        await _test.Source.PlayAsync(Document(ClientUnderTest.Document(1)));

        _test.Source.Reads.Should().Be(2, "one read gave the rules, and the next waits");
        _test.Warnings.Should().ContainSingle();
    }

    [Fact]
    public async Task QuestionAfterTheStartReportsNothing()
    {
        _test.Start();
        _ = _test.IsOn;
        await _test.Source.PlayAsync(Document(ClientUnderTest.Document(1)));

        _test.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task QuestionAfterTheEndStartsNothing()
    {
        var early = _test.Client.GetSnapshot();
        await _test.Client.DisposeAsync();

        early.IsEnabled("f", EvaluationContext.Empty).Should().BeFalse();
        _ = _test.IsOn;
        using var subscription = _test.Client.OnChange(_ => { });

        _test.Source.Reads.Should().Be(0);
        _test.Logs.GetSnapshot().Should().NotContain(record => record.Id.Id == 200 || record.Id.Id == 201);
    }

    [Fact]
    public async Task LoopKnowsNothingOfTheRequestThatAsked()
    {
        var request = new AsyncLocal<string?> { Value = "of the request" };
        var seen = "nothing read";
        _test.Source.Then(_ =>
        {
            seen = request.Value;
            return new(SnapshotReading.OfDocument(System.Text.Encoding.UTF8.GetBytes(ClientUnderTest.Document(1))));
        });

        _ = _test.IsOn;
        await _test.Source.NextReadAsync();
        await _test.Source.NextReadAsync();

        seen.Should().BeNull();
    }

    [Fact]
    public async Task StatusAndSnapshotAreNoQuestions()
    {
        _ = _test.Client.GetSnapshot().Version;
        _ = _test.Status.State;
        await _test.Client.DisposeAsync();

        _test.Source.Reads.Should().Be(0);
    }

    [Fact]
    public async Task WaitThatFollowsAQuestionEndsWithTheRules()
    {
        _ = _test.IsOn;
        await _test.Source.NextReadAsync();
        var waiting = _test.Client.WaitUntilReadyAsync();

        _test.Source.Then(Document(ClientUnderTest.Document(1)));

        (await waiting.WaitAsync(Until.Patience)).State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public void RepeatedQuestionsBeforeTheRulesAllocateNothing() =>
        Allocated.By(() => _test.Client.IsEnabled("f", EvaluationContext.Empty)).Should().Be(0);
}
