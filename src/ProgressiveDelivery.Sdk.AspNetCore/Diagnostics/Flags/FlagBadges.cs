using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Flags;

/// <summary>Describes the states of a flag in words.</summary>
internal static class FlagBadges
{
    /// <summary>Returns the states of a flag, the worst first.</summary>
    public static IReadOnlyList<FlagBadge> Of(FlagView flag)
    {
        var badges = new List<FlagBadge>();
        AddActs(badges, flag);
        AddGuards(badges, flag);
        AddSplits(badges, flag);
        if (flag.IsExpired)
            badges.Add(new(FlagBadgeRank.Expired, Tone.Aged, "Expired " + Day(flag.Expires!.Value, flag.Now)));
        if (flag.Ramps.Any(static ramp => ramp.IsPaused))
            badges.Add(new(FlagBadgeRank.RampPaused, Tone.Waits, "Ramp stopped"));
        if (!flag.Info.IsEnabled && flag.Info.Overlay is null && flag.Info.Defect is null)
            badges.Add(new(FlagBadgeRank.Off, Tone.None, "Off"));
        badges.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
        return badges;
    }

    private static void AddActs(List<FlagBadge> badges, FlagView flag)
    {
        if (flag.Trips.Any(static trip => trip is { ProbePercent: null, Response: not GuardResponse.Warn }))
            badges.Add(new(FlagBadgeRank.GuardTripped, Tone.Bad, "Guard tripped"));
        if (flag.Probing is not null)
            badges.Add(new(FlagBadgeRank.Probing, Tone.Waits, "Trying again"));
        if (flag.IsKilled)
            badges.Add(new(FlagBadgeRank.Killed, Tone.Bad, "Killed"));
        if (flag.Override is not null)
            badges.Add(new(FlagBadgeRank.Overridden, Tone.Hold, "Overridden"));
        if (flag.Info.Defect is not null)
            badges.Add(new(FlagBadgeRank.Quarantined, Tone.Warn, "Quarantined"));
    }

    // Guards that only show say so in a badge of their own: they promise nothing about what is served.
    private static void AddGuards(List<FlagBadge> badges, FlagView flag)
    {
        var (acting, dry) = (flag.Guards.Where(static guard => !guard.IsDryRun).ToList(), flag.Guards.Where(static guard => guard.IsDryRun).ToList());
        if (dry.Any(static guard => guard.Result == GuardResult.Bad))
            badges.Add(new(FlagBadgeRank.DryRunBad, Tone.Warn, "Dry run: bad"));
        else if (dry.Count > 0)
            badges.Add(new(FlagBadgeRank.DryRun, Tone.None, "Dry run"));
        if (acting.Any(static guard => guard.Result == GuardResult.Bad) && flag.Trips.Count == 0)
            badges.Add(new(FlagBadgeRank.GuardWarns, Tone.Warn, "Guard warns"));
        if (acting.Count == 0 || flag.Trips.Count > 0 || acting.Any(static guard => guard.Result == GuardResult.Bad))
            return;
        badges.Add(acting.Max(static guard => Distance(guard.Result)) switch
        {
            2 => new(FlagBadgeRank.GuardNoData, Tone.None, "No data for guards"),
            1 => new(FlagBadgeRank.GuardUndecided, Tone.Waits, "Guards inconclusive"),
            _ => new FlagBadge(FlagBadgeRank.GuardsFine, Tone.Good, "Guards fine"),
        });
    }

    private static int Distance(GuardResult result) => result switch
    {
        GuardResult.Fine => 0,
        GuardResult.Inconclusive => 1,
        _ => 2,
    };

    private static void AddSplits(List<FlagBadge> badges, FlagView flag)
    {
        if (flag.Experiments.Any(static experiment => experiment.Hint == ExperimentHint.Mismatch))
            badges.Add(new(FlagBadgeRank.SplitWrong, Tone.Warn, "Split wrong"));
        else if (flag.Experiments.Count > 0 && flag.Experiments.All(static experiment => experiment.Hint == ExperimentHint.NoMismatch))
            badges.Add(new(FlagBadgeRank.SplitSound, Tone.Good, "Split sound"));
    }

    private static string Day(DateTimeOffset day, DateTimeOffset now) =>
        day.UtcDateTime.ToString(day.UtcDateTime.Year == now.UtcDateTime.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture).Replace(' ', '\u00A0');
}
