using System.Diagnostics;
using System.Numerics;

namespace ProgressiveDelivery.Sdk.Faults.Support;

/// <summary>
/// A thread that asks a client all the time, as a busy application does. An answer is right when it is that of the version it
/// says it comes from, versions never go back unless an operator steps back, and nothing is thrown. It begins when it is told to, since a question starts a client.
/// </summary>
public sealed class Prober
{
    private const int Burst = 50;
    private const int WarmUp = 200;
    private const int MinAnswers = 2_000;
    private const int MaxComplaints = 5;

    private readonly IFeatureClient _client;
    private readonly Thread _thread;
    private readonly int[] _byLogOfTicks = new int[64];
    private readonly List<string> _complaints = [];
    private readonly ManualResetEventSlim _beginning = new();
    private volatile bool _isStopping;
    private long _answers;
    private long _latest;

    private Prober(IFeatureClient client)
    {
        _client = client;
        _thread = new(Run) { IsBackground = true, Name = nameof(Prober) };
    }

    /// <summary>How often it has asked.</summary>
    public long Answers => Volatile.Read(ref _answers);

    public static Prober Start(IFeatureClient client)
    {
        var prober = new Prober(client);
        prober._thread.Start();
        return prober;
    }

    /// <summary>Has it ask from now on.</summary>
    public void Begin() => _beginning.Set();

    /// <summary>Stops it, and says what was wrong with the answers; it asks some more, and begins where it had not.</summary>
    public IReadOnlyList<string> Stop()
    {
        _isStopping = true;
        Begin();
        return _thread.Join(Until.Patience) ? _complaints : ["An evaluation did not end."];
    }

    /// <summary>The time that 99 of 100 answers took less than, in steps of a factor of two.</summary>
    public TimeSpan P99
    {
        get
        {
            var rest = (Answers - WarmUp) / 100;
            var log = _byLogOfTicks.Length - 1;
            while (log > 0 && (rest -= _byLogOfTicks[log]) >= 0) log--;
            return Stopwatch.GetElapsedTime(0, 2L << log);
        }
    }

    private void Run()
    {
        _beginning.Wait();
        while (!_isStopping || _answers < MinAnswers)
        {
            for (var i = 0; i < Burst; i++) Ask();
            if (!_isStopping) Thread.Sleep(TimeSpan.FromMilliseconds(1));     // leaves the processor to what is being tried
        }
    }

    private void Ask()
    {
        try
        {
            var begin = Stopwatch.GetTimestamp();
            var answer = _client.EvaluateInteger("version", Bait.Context, -1);
            var ticks = Stopwatch.GetTimestamp() - begin;
            if (_answers++ >= WarmUp) _byLogOfTicks[BitOperations.Log2((ulong)ticks | 1)]++;
            Check(answer);
        }
        catch (Exception thrown)
        {
            Complain($"An evaluation threw {thrown}");
        }
    }

    private void Check(Evaluation<long> answer)
    {
        var expected = answer.Variant is null ? -1 : answer.SnapshotVersion;
        if (answer.Value != expected) Complain($"Version {answer.SnapshotVersion} answered {answer}.");
        if (answer.Reason == EvaluationReason.Closed) return;
        if (answer.SnapshotVersion < _latest && !answer.IsHeld) Complain($"Version {answer.SnapshotVersion} answered after version {_latest}.");
        _latest = answer.SnapshotVersion;
    }

    private void Complain(string complaint)
    {
        if (_complaints.Count < MaxComplaints) _complaints.Add(complaint);
    }
}
