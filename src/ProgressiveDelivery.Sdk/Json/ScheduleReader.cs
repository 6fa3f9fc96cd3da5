using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Reads schedules. Whether the time zone exists is not its business.</summary>
internal static class ScheduleReader
{
    public static ScheduleCondition? Read(ReadState state, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.ReportForm("schedule", "an object", element);
            return null;
        }

        state.Enter("schedule");
        state.Take(element, FormatMembers.Schedule, out var members);
        var schedule = new ScheduleCondition
        {
            Days = ReadDays(state, members),
            From = ReadTime(state, members, "from"),
            To = ReadTime(state, members, "to"),
            TimeZone = state.Text(members, "timeZone"),
        };
        state.Leave();
        return schedule;
    }

    private static DayOfWeek[]? ReadDays(ReadState state, in Members members)
    {
        if (state.Texts(members, "days") is not { } names)
            return null;

        var days = new DayOfWeek[names.Count];
        for (var i = 0; i < days.Length; i++)
        {
            if (!DayJson.TryParse(names[i], out days[i]))
                state.Report(Diagnostics.InvalidDay(state.PathTo("days"), state.Subject, Diagnostics.Quote(names[i])));
        }

        return days;
    }

    private static TimeOnly? ReadTime(ReadState state, in Members members, string name)
    {
        if (state.Text(members, name) is not { } text)
            return null;
        if (TimeJson.TryParse(text, out var time))
            return time;

        state.Report(Diagnostics.InvalidTimeOfDay(state.PathTo(name), state.Subject, Diagnostics.Quote(text)));
        return null;
    }
}
