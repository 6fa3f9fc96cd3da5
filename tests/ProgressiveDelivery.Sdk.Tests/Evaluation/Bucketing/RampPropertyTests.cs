using CsCheck;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Tests.Evaluation.Bucketing;

/// <summary>Over any ramp, whatever its gates, blackouts, pauses and attempts do, nobody who keeps being admitted changes variant.</summary>
public sealed class RampPropertyTests
{
    private const int Units = 60;

    private static readonly Gen<decimal> Percent = Gen.Int[0, 1_000_000].Select(threshold => threshold / 10_000m);

    private static readonly Gen<RolloutStep[]> Steps = Gen.Select(Gen.Int[1, 40], Percent, Gen.Bool, (hours, percent, gated) => (hours, percent, gated)).Array[1, 6].Select(steps =>
    {
        var at = Some.Monday;
        return steps.Select(step => new RolloutStep(at = at.AddHours(step.hours), step.percent) { Gate = step.gated ? new() { MinimumTime = TimeSpan.FromHours(1) } : null }).ToArray();
    });

    private static readonly Gen<ScheduleCondition[]?> Blackouts = Gen.Int[0, 3].Select(kind => kind switch
    {
        0 => null,
        1 => new ScheduleCondition[] { new() { From = new(16, 0), To = new(9, 0), TimeZone = "Europe/Amsterdam" } },
        2 => [new() { Days = [DayOfWeek.Tuesday, DayOfWeek.Wednesday] }],
        _ => [new()],
    });

    private static readonly Gen<Moment> SomeMoment = Gen.Select(Gen.Int[-10, 240], Gen.Bool, Percent, Gen.Bool, Gen.Long[1, 3], Gen.Long[1, 3],
        (hours, hasPosition, reached, paused, attempt, flagAttempt) => new Moment(
            Some.Monday.AddHours(hours), hasPosition ? new() { Flag = "flag", Reached = reached, IsPaused = paused, Cause = "test", Since = Some.Monday, Attempt = attempt } : null, flagAttempt));

    [Fact]
    public void NobodyWhoKeepsBeingAdmittedChangesVariant() =>
        Gen.Select(Steps, Blackouts, SomeMoment.Array[2, 6], Gen.Int[1, 100].Array[3], Gen.Bool, Gen.String[Gen.Char.AlphaNumeric, 1, 8]).Sample((steps, blackouts, moments, weights, isSplit, salt) =>
        {
            OutcomeDefinition to = isSplit ? Some.Split(("a", weights[0]), ("b", weights[1]), ("c", weights[2])) : "b";
            var ramp = new RolloutOutcome { To = to, Steps = steps, Blackouts = blackouts, Salt = salt };
            var seen = Array.ConvertAll(moments, moment => Look(ramp, moment));

            foreach (var (one, other) in seen.SelectMany(one => seen.Select(other => (one, other))).Where(pair => pair.one.Percent <= pair.other.Percent))
            {
                for (var unit = 0; unit < Units; unit++)
                    (one.Variants[unit] is null || one.Variants[unit] == other.Variants[unit]).Should().BeTrue($"{one.Percent} % is at most {other.Percent} %");
            }
        }, iter: 300, threads: 1);

    /// <summary>What is promised of shares: a closed gate is never passed, a pause never exceeded, and the definition's own share never either.</summary>
    [Fact]
    public void ShareIsWithinTheGatesAndThePauseAndTheDefinition() =>
        Gen.Select(Steps, Blackouts, SomeMoment).Sample((steps, blackouts, moment) =>
        {
            var ramp = new RolloutOutcome { To = "b", Steps = steps, Blackouts = blackouts };
            var percent = Look(ramp, moment).Percent;
            var position = moment.Position?.Attempt >= moment.Attempt ? moment.Position : null;
            var planned = steps.Where(step => step.At <= moment.At).ToList();

            (percent == 0 || planned.Exists(step => step.Percent == percent) || (position is { IsPaused: true } && percent == position.Reached)).Should().BeTrue();
            if (position is { IsPaused: true })
                percent.Should().BeLessThanOrEqualTo(position.Reached);
            if (planned.All(step => step.Gate is not null))
                percent.Should().BeLessThanOrEqualTo(position?.Reached ?? 0);
            if (blackouts is [{ Days: null, From: null }])
                percent.Should().Be(0, "the blackout has no end");
        }, iter: 2_000, threads: 1);

    /// <summary>The ranges of a split lie side by side: where one grows and no other does, its neighbors give way toward the ends.</summary>
    [Fact]
    public void VariantThatGrowsInASplitLosesNobodyAndOthersMoveTowardItOnly() =>
        Gen.Select(Gen.Int[0, 100].Array[2, 6], Gen.Int[0, 5], Gen.Int[1, 100], Percent, Gen.String[Gen.Char.AlphaNumeric, 1, 8]).Sample((weights, place, growth, percent, salt) =>
        {
            var grown = place % weights.Length;
            weights[grown]++;
            var more = (int[])weights.Clone();
            more[grown] += growth;
            var (before, after) = (Choose(weights, percent, salt), Choose(more, percent, salt));

            for (var unit = 0; unit < Units; unit++)
            {
                var (from, to) = (before[unit], after[unit]);
                (from < 0).Should().Be(to < 0, "admission does not depend on weights");
                to.Should().BeInRange(Math.Min(from, from < 0 ? from : grown), Math.Max(from, from < 0 ? from : grown));
            }
        }, iter: 1_000, threads: 1);

    private static int[] Choose(int[] weights, decimal percent, string salt)
    {
        string[] names = [.. weights.Select((_, i) => $"v{i}")];
        var rollout = Some.Rollout(percent, Some.Split([.. names.Select((name, i) => (name, (decimal)weights[i]))])) with { Salt = salt };
        var flags = (Some.Text("flag", names) with { Default = rollout }).Open();
        return [.. Enumerable.Range(0, Units).Select(unit => Array.IndexOf(names, flags.EvaluateString("flag", new($"u-{unit}"), null).Variant))];
    }

    private static (decimal Percent, string?[] Variants) Look(RolloutOutcome ramp, Moment moment)
    {
        var flag = Some.Text("flag", "a", "b", "c") with { Default = ramp, Attempt = moment.Attempt };
        var overlay = moment.Position is { } position ? LocalOverlay.None.With(position) : LocalOverlay.None;
        var rules = SnapshotCompiler.Compile(Some.Snapshot(flag), new(), overlay).Rules;
        var flags = new FeatureSnapshot(rules, SnapshotOrigin.Source, Some.Services(new FakeTimeProvider(moment.At)));
        return (rules.Find("flag")!.Ramps[0].Share.PercentAt(moment.At.UtcTicks), [.. Enumerable.Range(0, Units).Select(unit => flags.EvaluateString("flag", new($"u-{unit}"), null).Variant)]);
    }

    private sealed record Moment(DateTimeOffset At, RampPosition? Position, long Attempt);
}
