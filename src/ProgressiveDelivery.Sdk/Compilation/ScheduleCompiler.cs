using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>Compiles the hours of schedules, for conditions and for blackouts.</summary>
internal static class ScheduleCompiler
{
    // Every set of time zone data has this zone.
    private static bool HasZones => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out _);

    /// <summary>Compiles a schedule; null, with the fault at the scope's place, if its time zone is unknown.</summary>
    public static WeeklyHours? Compile(CompilationScope scope, ScheduleCondition schedule, out SnapshotDiagnostic? fault)
    {
        fault = null;
        var zone = TimeZoneInfo.Utc;
        if (schedule.TimeZone is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
        {
            fault = DiagnosticCatalog.InvalidTimeZone(scope.Path, scope.Subject, name, HasZones);
            return null;
        }

        var days = WeeklyHours.EveryDay;
        if (schedule.Days is { } listed)
            days = listed.Aggregate((byte)0, (bits, day) => (byte)(bits | (1 << (int)day)));
        return new(days, schedule.From?.Ticks ?? 0, schedule.To?.Ticks ?? TimeSpan.TicksPerDay, zone);
    }
}
