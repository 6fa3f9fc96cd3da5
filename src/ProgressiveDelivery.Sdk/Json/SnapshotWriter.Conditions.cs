using System.Diagnostics;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

internal sealed partial class SnapshotWriter
{
    private void WriteWhen(ConditionDefinition? condition)
    {
        if (condition is null)
            return;

        writer.WritePropertyName("when");
        WriteCondition(condition);
    }

    private void WriteCondition(ConditionDefinition condition)
    {
        CheckRoom();
        writer.WriteStartObject();
        switch (condition)
        {
            case AllCondition all:
                WriteConditions("all", all.Conditions);
                break;
            case AnyCondition any:
                WriteConditions("any", any.Conditions);
                break;
            case NotCondition not:
                writer.WritePropertyName("not");
                WriteCondition(not.Condition);
                break;
            case SegmentCondition segment:
                writer.WriteString("segment", segment.Segment);
                break;
            case FlagCondition flag:
                writer.WriteString("flag", flag.Flag);
                WriteTexts("is", flag.Variants);
                break;
            case AttributeCondition test:
                WriteTest(test);
                break;
            case UnknownOperatorCondition unknown:
                writer.WriteString("attribute", unknown.Attribute);
                writer.WriteNull(unknown.Operator);
                break;
            case BetweenCondition between:
                WriteBetween(between);
                break;
            case ScheduleCondition schedule:
                WriteSchedule(schedule);
                break;
            default:
                throw new UnreachableException($"A condition of type {condition.GetType()} is not of the format.");
        }

        writer.WriteEndObject();
    }

    private void WriteConditions(string name, IReadOnlyList<ConditionDefinition> conditions)
    {
        writer.WriteStartArray(name);
        foreach (var condition in conditions)
            WriteCondition(condition);
        writer.WriteEndArray();
    }

    private void WriteTest(AttributeCondition test)
    {
        writer.WriteString("attribute", test.Attribute);
        writer.WritePropertyName(AttributeOperators.Name(test.Operator));
        if (!AttributeBounds.OfDocuments.Hold(test.Operand))
            throw TooMuch($"the operand of a condition on {DiagnosticCatalog.Quote(test.Attribute)}");
        AttributeJson.Write(writer, test.Operand, NonFiniteNumbers.Rejected);
        if (test.IgnoreCase)
            writer.WriteBoolean("ignoreCase", true);
    }

    private void WriteBetween(BetweenCondition between)
    {
        writer.WriteStartArray("between");
        WriteEnd(between.From);
        WriteEnd(between.To);
        writer.WriteEndArray();
    }

    private void WriteEnd(DateTimeOffset? instant)
    {
        if (instant is { } at)
            InstantJson.Write(writer, at);
        else
            writer.WriteNullValue();
    }

    private void WriteSchedule(ScheduleCondition schedule)
    {
        writer.WritePropertyName("schedule");
        WriteHours(schedule);
    }

    private void WriteHours(ScheduleCondition schedule)
    {
        writer.WriteStartObject();
        if (schedule.Days is { } days)
            WriteTexts("days", [.. days.Select(day => DayJson.Names[(int)day])]);
        if (schedule.From is { } from)
            writer.WriteString("from", TimeJson.Format(from));
        if (schedule.To is { } to)
            writer.WriteString("to", TimeJson.Format(to));
        WriteText("timeZone", schedule.TimeZone);
        writer.WriteEndObject();
    }
}
