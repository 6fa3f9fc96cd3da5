using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>
/// Moves ramps through their gates, begins probes, and has the guards follow what holds. It looks once a second while a gate, a step or a probe is awaited; otherwise there is no timer.
/// Safe to use from any thread.
/// </summary>
internal sealed class CanarySupervisor : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Dictionary<RampKey, RampTrack> _tracks = [];
    private readonly ICanarySteering _steering;
    private readonly Func<FeatureSnapshot> _current;
    private readonly GuardBoard _board;
    private readonly GuardResponder _responder;
    private readonly TimeProvider _clock;
    private readonly ProbeWaits _waits;
    private List<(CompiledFlag Flag, CompiledRamp Ramp)> _ramps = [];
    private ITimer? _timer;
    private bool _isDisposed;

    public CanarySupervisor(ICanarySteering steering, Func<FeatureSnapshot> current, GuardBoard board, GuardResponder responder, TimeProvider clock)
    {
        (_steering, _current, _board, _responder, _clock, _waits) = (steering, current, board, responder, clock, new(clock));
        steering.OnChange(Follow);
    }

    /// <summary>Ends it: no gate opens and no probe begins from now on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            EndTimer();
        }
    }

    /// <summary>Judges the gate of a ramp's next step; null if it has none, or the ramp is paused.</summary>
    public GateVerdict? Judge(RampView view)
    {
        lock (_gate)
            return view.Gate is { } gate && _tracks.TryGetValue(view.Key, out var track) ? new GateJudge(view, gate, track, _board.Find(view.Flag.Key)).Judge() : null;
    }

    // Within the turn of the change.
    private void Follow()
    {
        var inForce = _current();
        if (!inForce.HasRules)
            return;
        _board.Follow(inForce, _steering.Trips);
        lock (_gate)
        {
            _ramps = [.. inForce.Rules.Flags.Where(flag => !flag.IsQuarantined).SelectMany(flag => flag.Ramps, (flag, ramp) => (flag, ramp))];
            var keys = _ramps.Select(ramp => new RampKey(ramp.Flag.Key, ramp.Ramp.Rule)).ToHashSet();
            foreach (var gone in _tracks.Keys.Where(key => !keys.Contains(key)).ToList())
                _tracks.Remove(gone);
            _waits.Follow(_board.Sets.SelectMany(set => set.Guards));
            FollowRamps();
            SetTimer();
        }
    }

    private void FollowRamps()
    {
        foreach (var view in Views())
        {
            var guards = _board.Find(view.Flag.Key)?.Guards ?? [];
            if (_tracks.TryGetValue(view.Key, out var track))
                track.Follow(in view, guards);
            else
                _tracks[view.Key] = new(in view, guards, _clock);
        }
    }

    private IEnumerable<RampView> Views()
    {
        var now = _clock.GetUtcNow().UtcTicks;
        return _ramps.Select(ramp => new RampView(ramp.Flag, ramp.Ramp, now));
    }

    private void Tick()
    {
        List<RampPosition> moves;
        IReadOnlyList<(GuardTrip Trip, ProbeDefinition Probe)> probes;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            FollowRamps();
            moves = [.. Views().Select(MoveOf).OfType<RampPosition>()];
            probes = _waits.TakeDue();
            EndTimer();
            SetTimer();
        }

        // Acts take the turn of the steering, which calls Follow.
        moves.ForEach(move => _steering.Move(move));
        foreach (var (trip, probe) in probes)
            _responder.BeginProbe(trip, probe);
    }

    private RampPosition? MoveOf(RampView view) => Judge(view) switch
    {
        { IsOpen: true, Met: var met } => Position(view, view.PercentAfter, isPaused: false, Opened(view.Next!, met)),
        { StepsBack: true, WaitsFor: var waitsFor } => Position(view, view.PercentBefore, isPaused: true, $"The gate of the step to {GuardText.Percent(view.Next!.Percent)} did not open: {string.Join("; ", waitsFor)}."),
        _ => null,
    };

    private RampPosition Position(RampView view, decimal reached, bool isPaused, string cause) => new()
    {
        Flag = view.Flag.Key,
        Rule = view.Ramp.Rule,
        Reached = reached,
        IsPaused = isPaused,
        Cause = cause,
        Since = _clock.GetUtcNow(),
        Attempt = view.Flag.Attempt,
    };

    private static string Opened(RampStep step, IReadOnlyList<string> met) => step.Gate is null
        ? $"The time of the step to {GuardText.Percent(step.Percent)} has come."
        : $"The gate of the step to {GuardText.Percent(step.Percent)} opened: {(met.Count == 0 ? "its time has come" : string.Join("; ", met))}.";

    private void SetTimer()
    {
        if (_isDisposed || (_waits.IsEmpty && !Views().Any(IsWatched)))
            EndTimer();
        else if (_timer is null)
            _timer = _clock.CreateTimer(static self => ((CanarySupervisor)self!).Tick(), this, Pause, Timeout.InfiniteTimeSpan);
    }

    // A ramp without gates moves by itself, but evidence for one step must learn of it.
    private bool IsWatched(RampView view) => view.HasGate || (view.HasNext && _board.Find(view.Flag.Key)?.HasLifetime == true);

    private void EndTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
