using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Soak.Measuring;

namespace ProgressiveDelivery.Sdk.Soak;

/// <summary>A thread that evaluates without pause, times every evaluation, and checks every answer.</summary>
internal sealed class Worker
{
    private const int RoundsBetweenLooks = 256;

    private static readonly EvaluationContext[] Users =
    [
        .. Enumerable.Range(0, 64).Select(unit => new EvaluationContext($"u-{unit}") { ["country"] = unit % 2 == 0 ? "NL" : "FR", ["plan"] = "gold", ["version"] = "4.2.0" }),
    ];

    private readonly IFeatureClient _features;
    private readonly PageMaker _pages;
    private readonly Thread _thread;
    private readonly bool[] _admitted;
    private readonly string[] _banners;
    private long _last;
    private long _newest;
    private volatile bool _isStopping;
    private long _wrong;
    private long _allocated;

    public Worker(IFeatureClient features, PageMaker pages)
    {
        (_features, _pages) = (features, pages);
        _admitted = [.. Users.Select(user => features.IsEnabled(SoakFlags.Rollout, user))];
        _banners = [.. Users.Select(user => features.Get(SoakFlags.Banner, user))];
        _thread = new(Run) { IsBackground = true, Name = "soak" };
    }

    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Answers that contradict each other, or an earlier one.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>Bytes that the thread has allocated.</summary>
    public long Allocated => Volatile.Read(ref _allocated);

    public Exception? Failure { get; private set; }

    public void Start() => _thread.Start();

    public void Stop()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            Evaluate();
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    // Else the runtime replaces the loop while it runs, and allocates 32 bytes for that on this thread.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate()
    {
        var stack = new StackContext("u-3");
        stack.Set("country", "NL");
        Round(0, in stack);     // what is made on first use is made now

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; !_isStopping; round++)
        {
            Round(round % Users.Length, in stack);
            if (round % RoundsBetweenLooks == 0)
                Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private void Round(int unit, in StackContext stack)
    {
        var user = Users[unit];
        _last = Stopwatch.GetTimestamp();
        var admitted = Timed(_features.IsEnabled(SoakFlags.Rollout, user));
        var banner = Timed(_features.Get(SoakFlags.Banner, user));
        var country = Timed(_features.IsEnabled("country", user));
        var onStack = Timed(_features.IsEnabled(SoakFlags.Country, in stack));
        var killable = Timed(_features.EvaluateBoolean(SoakFlags.Killable, user));
        Check(admitted == _admitted[unit]);
        Check(ReferenceEquals(banner, _banners[unit]) || banner == _banners[unit]);
        Check(country == (unit % 2 == 0));
        Check(onStack);
        Check(killable.Value != (killable.Reason == EvaluationReason.Killed));
        AskOneSnapshot(user);
        AskForThePage(user);
    }

    private void AskOneSnapshot(EvaluationContext user)
    {
        var snapshot = _features.GetSnapshot();
        _last = Stopwatch.GetTimestamp();
        var generation = Timed(snapshot.Evaluate(SoakFlags.Generation, user));
        var left = Timed(snapshot.IsEnabled(SoakFlags.Left, user));
        var right = Timed(snapshot.IsEnabled(SoakFlags.Right, user));
        Check(generation.Value == generation.SnapshotVersion);
        Check(left == SoakFlags.LeftAndRight(generation.Value));
        Check(left == right);
        Check(generation.Value >= _newest);
        _newest = generation.Value;
    }

    private void AskForThePage(EvaluationContext user)
    {
        var snapshot = _pages.Ready;
        _last = Stopwatch.GetTimestamp();
        var page = Timed(snapshot.Evaluate(SoakFlags.Page, user));
        Check(page.Value.Generation == page.SnapshotVersion);
    }

    private T Timed<T>(T answer)
    {
        var now = Stopwatch.GetTimestamp();
        Latencies.Add(now - _last);
        _last = Stopwatch.GetTimestamp();
        return answer;
    }

    private void Check(bool isRight)
    {
        if (!isRight)
            Volatile.Write(ref _wrong, _wrong + 1);
    }
}
