using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <content>Guards, gates and blackouts.</content>
internal sealed partial class SnapshotWriter
{
    private static readonly GuardDefinition PlainGuard = new() { Id = "", Kind = default, Variant = "" };

    private static readonly ProbeDefinition PlainProbe = new();

    // One with a defect is read back with a defect, since it has no kind: gates that need it stay closed.
    private void WriteGuard(GuardDefinition guard)
    {
        writer.WriteStartObject();
        writer.WriteString("id", guard.Id);
        if (guard.Defect is null)
        {
            WriteMeasure(guard);
            WriteLimit(guard);
            WriteReaction(guard);
        }

        writer.WriteEndObject();
    }

    private void WriteMeasure(GuardDefinition guard)
    {
        writer.WriteString("kind", GuardReader.Kinds[(int)guard.Kind]);
        WriteDuration("than", guard.Than);
        WriteText("metric", guard.Metric);
        WriteDouble("above", guard.Above);
        WriteDouble("below", guard.Below);
    }

    private void WriteLimit(GuardDefinition guard)
    {
        writer.WriteString("variant", guard.Variant);
        WriteText("against", guard.Against);
        WriteDouble("limit", guard.Limit);
        WriteUnless("margin", guard.Margin, PlainGuard.Margin);
        WriteUnless("ratio", guard.Ratio, PlainGuard.Ratio);
        if (guard.Mode != PlainGuard.Mode)
            writer.WriteString("mode", GuardReader.Modes[(int)guard.Mode]);
        WriteUnless("alpha", guard.Alpha, PlainGuard.Alpha);
        WriteUnless("within", guard.Within, PlainGuard.Within);
        WriteUnless("minimumBad", guard.MinimumBad, PlainGuard.MinimumBad);
        WriteUnless("minimumOutcomes", guard.MinimumOutcomes, PlainGuard.MinimumOutcomes);
        WriteDuration("oncePer", guard.OncePer);
    }

    private void WriteReaction(GuardDefinition guard)
    {
        WriteThen(guard);
        if (guard.Inconclusive != PlainGuard.Inconclusive)
            writer.WriteString("inconclusive", GuardReader.Policies[(int)guard.Inconclusive]);
        if (guard.NoData != PlainGuard.NoData)
            writer.WriteString("noData", GuardReader.Policies[(int)guard.NoData]);
        if (guard.DryRun)
            writer.WriteBoolean("dryRun", true);
        if (guard.Probe is { } probe)
            WriteProbe(probe);
    }

    private void WriteThen(GuardDefinition guard)
    {
        if (guard.Then == GuardResponse.Revert)
            WriteRevert(guard.RevertTo);
        else if (guard.Then == GuardResponse.Pause)
            writer.WriteString("then", GuardReader.Pause);
    }

    private void WriteRevert(string? variant)
    {
        if (variant is not (null or GuardReader.Pause or GuardReader.Warn))
        {
            writer.WriteString("then", variant);
            return;
        }

        writer.WriteStartObject("then");
        WriteText("revert", variant);
        writer.WriteEndObject();
    }

    private void WriteProbe(ProbeDefinition probe)
    {
        writer.WriteStartObject("probe");
        if (probe.Percent != PlainProbe.Percent)
            writer.WriteNumber("percent", probe.Percent);
        if (probe.Wait != PlainProbe.Wait)
            WriteDuration("wait", probe.Wait);
        if (probe.MaxWait != PlainProbe.MaxWait)
            WriteDuration("maxWait", probe.MaxWait);
        WriteUnless("maxOutcomes", probe.MaxOutcomes, PlainProbe.MaxOutcomes);
        if (probe.CloseWithoutProof)
            writer.WriteBoolean("closeWithoutProof", true);
        writer.WriteEndObject();
    }

    // One with a defect is no object, so it is read back with a defect and never opens.
    private void WriteGate(GateDefinition gate)
    {
        if (gate.Defect is not null)
        {
            writer.WriteBoolean("gate", false);
            return;
        }

        writer.WriteStartObject("gate");
        if (gate.Guards is { } guards)
            WriteTexts("guards", guards);
        WriteUnless("outcomes", gate.Outcomes, 0);
        if (gate.MinimumTime != TimeSpan.Zero)
            WriteDuration("minimumTime", gate.MinimumTime);
        WriteDuration("stepBackAfter", gate.StepBackAfter);
        writer.WriteEndObject();
    }

    private void WriteBlackouts(IReadOnlyList<ScheduleCondition> blackouts)
    {
        writer.WriteStartArray("blackouts");
        foreach (var blackout in blackouts)
            WriteHours(blackout);
        writer.WriteEndArray();
    }

    private void WriteDuration(string name, TimeSpan? duration)
    {
        if (duration is { } time)
            writer.WriteString(name, DurationJson.Format(time));
    }

    private void WriteDouble(string name, double? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
    }

    private void WriteUnless(string name, double number, double common)
    {
        if (!number.Equals(common))
            writer.WriteNumber(name, number);
    }

    private void WriteUnless(string name, long number, long common)
    {
        if (number != common)
            writer.WriteNumber(name, number);
    }
}
