using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>Strategies of a user's, whatever they do, cannot end the loop or lose a batch.</summary>
public sealed class EventResilienceTests : IAsyncDisposable
{
    /// <summary>What strategies that never end are given.</summary>
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(10);

    private readonly EventPipelineFixture _events = new();
    private readonly ScriptedEventSink _sink = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rounds;

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    public static TheoryData<string> Broken => new(nameof(Strategies.Throws), nameof(Strategies.Cancels), nameof(Strategies.NeverCalls), nameof(Strategies.NeverEnds));

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task BrokenStrategyCostsOneRound(string name)
    {
        var broken = (Treatment)typeof(Strategies).GetField(name)!.GetValue(null)!;
        Use(() => ++_rounds == 1 ? broken : null);

        _events.Enqueue("a");
        await _events.PassAsync(_begun.Task);
        await _events.PassAsync(() => !_sink.Delivered.IsEmpty, name == nameof(Strategies.NeverEnds) ? [Ceiling] : []);

        _sink.Calls.Should().ContainSingle();
        _events.Warnings.Single().Should().Contain("Look at UseResilience.");
        await Until.HoldsAsync(() => _events.Status is { Sent: 1, Fault: null });
    }

    public static TheoryData<string> Odd => new(nameof(Strategies.Swallows), nameof(Strategies.CallsTwice), nameof(Strategies.CallsTwiceAtOnce), nameof(Strategies.EndsNeverAfterTheAttempt));

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task DeliveryCountsOnceWhateverTheStrategyDoes(string name)
    {
        var odd = (Treatment)typeof(Strategies).GetField(name)!.GetValue(null)!;
        Use(() => odd);

        _events.Enqueue("a");
        await _events.PassAsync(_attempted.Task);
        await _events.PassAsync(() => _events.Status.Sent == 1, name == nameof(Strategies.EndsNeverAfterTheAttempt) ? [Ceiling] : []);

        _sink.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task StrategyThatSwallowsAFaultDoesNotMakeItADelivery()
    {
        _sink.Failing(2, () => new EventSinkException("500."));
        Use(() => Strategies.Swallows);

        _events.Enqueue("a");
        await _events.PassAsync(() => !_sink.Delivered.IsEmpty);

        _sink.Calls.Should().HaveCount(3);
        await Until.HoldsAsync(() => _events.Status.Sent == 1);
    }

    [Fact]
    public async Task StrategiesThatCannotBeBuiltCostNoEvent()
    {
        _events.Options.UseResilience(_ => throw new InvalidOperationException("Not today."));
        _events.Start(_sink);

        _events.Enqueue("a");
        await _events.PassAsync(() => _events.Status.Fault is not null);

        _events.Status.Fault.Should().Contain("Not today.");
        _events.Status.Queued.Should().Be(1);
    }

    private void Use(Func<Treatment?> treatment)
    {
        _events.Options.UseResilience(pipeline => pipeline.AddTreatment(() => treatment() is { } treat ? Watched(treat) : null));
        _events.Start(_sink);
    }

    private Treatment Watched(Treatment treat) => (attempt, cancellationToken) =>
    {
        _begun.TrySetResult();
        return treat(
            async token =>
            {
                var outcome = await attempt(token);
                _attempted.TrySetResult();
                return outcome;
            },
            cancellationToken);
    };
}
