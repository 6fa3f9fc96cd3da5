using ProgressiveDelivery.Sdk.Canary.Guards;

namespace ProgressiveDelivery.Sdk.Canary.Ramps;

/// <summary>Remembers the present step of a ramp: how long it has lasted, and the outcomes that each guard had seen as it began. Not safe to use from several threads.</summary>
internal sealed class RampTrack
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<Guard, GuardCounts> _marks = [];
    private (long Attempt, decimal Percent, bool IsPaused) _step;
    private long _begun;
    private TimeSpan _before;

    /// <summary>Begins to follow a ramp. Its present step may have begun before this run.</summary>
    public RampTrack(in RampView view, IReadOnlyList<Guard> guards, TimeProvider clock)
    {
        _clock = clock;
        Begin(in view, guards);
        if (view.Since is { } since && clock.GetUtcNow() - since is var before && before > TimeSpan.Zero)
            _before = before;
    }

    /// <summary>The time at the present step. The system clock, which may be set, only counts for what was before this run.</summary>
    public TimeSpan Elapsed => _before + _clock.GetElapsedTime(_begun);

    /// <summary>Follows the ramp to its present step; guards whose evidence is for one step begin anew there.</summary>
    public void Follow(in RampView view, IReadOnlyList<Guard> guards)
    {
        if (view.Step == _step)
            return;
        foreach (var guard in guards)
        {
            if (view.Ramp.LeadsTo(guard.Definition.Variant))
                guard.BeginStep();
        }

        Begin(in view, guards);
    }

    /// <summary>Returns the outcomes of a guard since the present step began.</summary>
    public GuardCounts Since(Guard guard, in GuardCounts counts) => counts.Since(_marks.GetValueOrDefault(guard));

    private void Begin(in RampView view, IReadOnlyList<Guard> guards)
    {
        (_step, _begun, _before) = (view.Step, _clock.GetTimestamp(), TimeSpan.Zero);
        _marks.Clear();
        foreach (var guard in guards)
            _marks[guard] = guard.State.Reading.Counts;
    }
}
