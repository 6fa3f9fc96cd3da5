using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;
using ProgressiveDelivery.Sdk.Steering;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Does what a guard's definition says once its variant is proven bad, and at the end of a probe. Safe to use from any thread; never throws.</summary>
/// <param name="steering">The acts on the rules in force.</param>
/// <param name="rules">Returns the rules in force.</param>
/// <param name="journal">The log.</param>
/// <param name="clock">Dates acts.</param>
internal sealed class GuardResponder(ICanarySteering steering, Func<Ruleset> rules, CanaryJournal journal, TimeProvider clock)
{
    /// <summary>Answers the proof that a guard's variant is bad. A dry run is logged, and changes nothing.</summary>
    public GuardTrip Answer(Guard guard, in GuardReading reading)
    {
        var trip = TripOf(guard, in reading);
        if (guard.Definition.DryRun)
            journal.DryRunTripped(trip);
        else if (steering.Trip(trip) && trip.Response == GuardResponse.Pause)
            Pause(trip);
        return trip;
    }

    /// <summary>Begins a probe; returns false if the trip does not hold any more.</summary>
    public bool BeginProbe(GuardTrip trip, ProbeDefinition probe)
    {
        var number = trip.Probes + 1;
        return steering.Probe(trip, trip with { ProbePercent = probe.Percent, Probes = number, NextProbe = null }, $"Probe {number} begins after its wait.");
    }

    /// <summary>Answers the end of a probe.</summary>
    public void EndProbe(Guard guard, GuardTrip trip, ProbeVerdict verdict, ProbeTally probe)
    {
        var (definition, how) = (guard.Definition.Probe ?? new(), guard.Definition);
        var counts = probe.Read().Counts;
        var evidence = $"{GuardText.Evidence(how, in counts, probe.Limit)}.";
        if (verdict == ProbeVerdict.Good)
            steering.Close(trip, $"Probe {trip.Probes} proved the variant good: {evidence}");
        else if (verdict == ProbeVerdict.Inconclusive && definition.CloseWithoutProof)
            steering.Close(trip, $"Probe {trip.Probes} found no evidence against the variant, which is no proof: {evidence}");
        else
            steering.Probe(trip, Reopened(trip, definition), $"Probe {trip.Probes} {(verdict == ProbeVerdict.Bad ? "proved the variant bad" : "was inconclusive")}: {evidence}");
    }

    private GuardTrip TripOf(Guard guard, in GuardReading reading)
    {
        var (definition, now) = (guard.Definition, clock.GetUtcNow());
        var isRevert = definition.Then == GuardResponse.Revert;
        return new()
        {
            Flag = guard.Identity.Flag,
            Guard = definition.Id,
            Variant = definition.Variant,
            Response = definition.Then,
            Served = isRevert ? definition.RevertTo : null,
            Evidence = GuardText.Evidence(definition, reading.Counts),
            Since = now,
            Version = rules().Version,
            Attempt = guard.Identity.Attempt,
            NextProbe = isRevert && !definition.DryRun && definition.Probe is { } probe ? now + probe.Wait : null,
        };
    }

    // A fixed percentage too: a newer snapshot of the same attempt must not raise it.
    private void Pause(GuardTrip trip)
    {
        var now = clock.GetUtcNow();
        foreach (var ramp in rules().Find(trip.Flag)?.Ramps ?? [])
        {
            if (!ramp.LeadsTo(trip.Variant))
                continue;
            var cause = $"Guard {GuardText.Name(trip.Guard)}: {trip.Evidence}.";
            steering.Move(new() { Flag = trip.Flag, Rule = ramp.Rule, Reached = ramp.Share.PercentAt(now.UtcTicks), IsPaused = true, Cause = cause, Since = now, Attempt = trip.Attempt });
        }
    }

    private GuardTrip Reopened(GuardTrip trip, ProbeDefinition probe) =>
        trip with { ProbePercent = null, NextProbe = clock.GetUtcNow() + WaitAfter(trip.Probes, probe) };

    private static TimeSpan WaitAfter(int probes, ProbeDefinition probe)
    {
        var wait = probe.Wait.Ticks * Math.Pow(2, probes);
        return wait < probe.MaxWait.Ticks ? TimeSpan.FromTicks((long)wait) : probe.MaxWait;
    }
}
