using System.Diagnostics;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Soak.Events;

/// <summary>A sink with all the faults of a collector, in turns. An event is delivered when a call with it has returned.</summary>
internal sealed class FlappingSink : IEventSink
{
    private const int MaxNarrow = 64;
    private const int BulkyOf = 10_007;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(2);     // 30 seconds by the hurried clock are 1.5

    // In tenths of a second; fair in between.
    private static readonly (SinkMood Mood, int Ticks)[] Turns =
    [
        (SinkMood.Fair, 40), (SinkMood.Throwing, 25), (SinkMood.Fair, 40), (SinkMood.Hanging, 40), (SinkMood.Fair, 40), (SinkMood.Narrow, 20),
        (SinkMood.Fair, 30), (SinkMood.Rejecting, 3), (SinkMood.Fair, 30), (SinkMood.Slow, 50),
    ];

    private readonly Received _received = new();
    private readonly Dictionary<SinkMood, long> _calls = [];
    private Turn _turn = new(SinkMood.Fair);
    private string? _read;

    public string Name => "flapping";

    public SinkMood Mood => Volatile.Read(ref _turn).Mood;

    /// <summary>The events that were delivered. Read it when the client has ended.</summary>
    public Received Received => _received;

    /// <summary>The number of calls in each mood. Read it when the client has ended.</summary>
    public IReadOnlyDictionary<SinkMood, long> Calls => _calls;

    /// <summary>The number of batches that came again with the same id, after a call that had read them and failed.</summary>
    public long Again { get; private set; }

    /// <summary>Changes its mood until it is canceled; then it is fair.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Tick);
        try
        {
            for (var turn = 0; ; turn = (turn + 1) % Turns.Length)
            {
                Change(Turns[turn].Mood);
                for (var tick = 0; tick < Turns[turn].Ticks; tick++)
                    await ticks.WaitForNextTickAsync(cancellationToken);
            }
        }
        finally
        {
            Change(SinkMood.Fair);
        }
    }

    // Calls never overlap.
    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var turn = Volatile.Read(ref _turn);
        var calls = _calls[turn.Mood] = _calls.GetValueOrDefault(turn.Mood) + 1;
        if (_read == batch.Id)
            Again++;
        _read = null;
        await (turn.Mood switch
        {
            SinkMood.Fair => Task.CompletedTask,
            SinkMood.Throwing => FailAsync(batch, calls),
            SinkMood.Hanging => HangAsync(turn),
            SinkMood.Narrow => Narrow(batch),
            SinkMood.Rejecting => throw new EventSinkException("It rejects everything.") { Kind = EventSinkFaultKind.Invalid },
            SinkMood.Slow => Task.Delay(calls % 3 == 0 ? TooLate : Late, CancellationToken.None),
            _ => throw new UnreachableException(),
        });
        _received.Add(batch);
    }

    private Task FailAsync(EventBatch batch, long calls)
    {
        _read = batch.Id;
        throw calls % 2 == 0 ? new IOException("The connection was reset.") : new EventSinkException("It is overloaded.") { RetryAfter = TimeSpan.FromSeconds(5) };
    }

    private static async Task HangAsync(Turn turn)
    {
        await turn.Ended;
        throw new TimeoutException("It hung.");
    }

    private static Task Narrow(EventBatch batch) =>
        batch.Events.Count + batch.Counts.Count > MaxNarrow || batch.Events.Any(IsBulky)
            ? throw new EventSinkException("The batch is too large.") { Kind = EventSinkFaultKind.TooLarge }
            : Task.CompletedTask;

    private static bool IsBulky(FeatureEvent occurred) => Shopper.NumberOf(occurred.Unit) % BulkyOf == 0;

    private void Change(SinkMood mood) => Interlocked.Exchange(ref _turn, new(mood)).End();

    private sealed class Turn(SinkMood mood)
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SinkMood Mood => mood;

        public Task Ended => _ended.Task;

        public void End() => _ended.TrySetResult();
    }
}
