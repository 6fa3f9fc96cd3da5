using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads schedules. Does not check that the time zone exists.</summary>
internal static class ScheduleReader
{
    public static ScheduleCondition? Read(ref Utf8JsonReader json, ReadState state)
    {
        if (!state.TryEnterObject(ref json, "schedule", "an object"))
            return null;

        state.Enter("schedule");
        var schedule = ReadMembers(ref json, state);
        state.Leave();
        return schedule;
    }

    /// <summary>Reads the members of the object that is the current value.</summary>
    public static ScheduleCondition ReadMembers(ref Utf8JsonReader json, ReadState state)
    {
        DayOfWeek[]? days = null;
        TimeOnly? from = null, to = null;
        string? zone = null;
        var members = new MemberCursor(FormatMembers.Schedule);
        while (members.MoveNext(ref json, state) is { } name)
        {
            switch (name)
            {
                case "days": days = ReadDays(ref json, state); break;
                case "from": from = ReadTime(ref json, state, name); break;
                case "to": to = ReadTime(ref json, state, name); break;
                default: zone = state.Text(ref json, name); break;
            }
        }

        return new() { Days = days, From = from, To = to, TimeZone = zone };
    }

    private static DayOfWeek[]? ReadDays(ref Utf8JsonReader json, ReadState state)
    {
        if (state.Texts(ref json, "days") is not { } names)
            return null;

        var days = new DayOfWeek[names.Length];
        for (var i = 0; i < days.Length; i++)
        {
            if (!DayJson.TryParse(names[i], out days[i]))
                state.Report(DiagnosticCatalog.InvalidDay(state.PathTo("days"), state.Subject, DiagnosticCatalog.Quote(names[i])));
        }

        return days;
    }

    private static TimeOnly? ReadTime(ref Utf8JsonReader json, ReadState state, string name)
    {
        if (state.Text(ref json, name) is not { } text)
            return null;
        if (TimeJson.TryParse(text, out var time))
            return time;

        state.Report(DiagnosticCatalog.InvalidTimeOfDay(state.PathTo(name), state.Subject, DiagnosticCatalog.Quote(text)));
        return null;
    }
}
