using System.Diagnostics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

internal sealed partial class SnapshotWriter
{
    private void WriteServe(string name, OutcomeDefinition? serve)
    {
        switch (serve)
        {
            case null:
                break;
            case VariantOutcome variant:
                writer.WriteString(name, variant.Variant);
                break;
            default:
                writer.WriteStartObject(name);
                WriteForm(serve);
                writer.WriteEndObject();
                break;
        }
    }

    private void WriteForm(OutcomeDefinition serve)
    {
        CheckRoom();
        switch (serve)
        {
            case SplitOutcome split:
                WriteWeights(split.Weights);
                WriteBy(split.By);
                WriteText("salt", split.Salt);
                break;
            case RolloutOutcome rollout:
                WriteRollout(rollout);
                WriteText("else", rollout.Else);
                break;
            case ExperimentOutcome experiment:
                WriteExperiment(experiment);
                break;
            default:
                throw new UnreachableException($"A step that serves {serve.GetType()} is not of the format.");
        }
    }

    private void WriteRollout(RolloutOutcome rollout)
    {
        writer.WriteStartObject("rollout");
        WriteBy(rollout.By);
        WriteText("salt", rollout.Salt);
        WriteServe("to", rollout.To);
        if (rollout.Percent is { } percent)
            writer.WriteNumber("percent", percent);
        if (rollout.Steps is { } steps)
            WriteSteps(steps);
        if (rollout.Curve == RolloutCurve.Linear)
            writer.WriteString("curve", "linear");
        if (rollout.Blackouts is { } blackouts)
            WriteBlackouts(blackouts);
        writer.WriteEndObject();
    }

    private void WriteSteps(IReadOnlyList<RolloutStep> steps)
    {
        writer.WriteStartArray("steps");
        foreach (var step in steps)
        {
            writer.WriteStartObject();
            writer.WriteString("at", InstantJson.Format(step.At));
            writer.WriteNumber("percent", step.Percent);
            if (step.Gate is { } gate)
                WriteGate(gate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteExperiment(ExperimentOutcome experiment)
    {
        writer.WriteStartObject("experiment");
        writer.WriteString("key", experiment.Key);
        WriteText("layer", experiment.Layer);
        if (experiment.Slots is { } slots)
            WriteSlots(slots);
        WriteText("holdout", experiment.Holdout);
        WriteBy(experiment.By);
        WriteText("salt", experiment.Salt);
        WriteWeights(experiment.Split);
        WriteText("else", experiment.Else);
        if (experiment.Sticky is { } sticky)
            WriteSticky(sticky);
        writer.WriteEndObject();
    }

    private void WriteSlots(SlotRange slots)
    {
        writer.WriteStartArray("slots");
        writer.WriteNumberValue(slots.From);
        writer.WriteNumberValue(slots.To);
        writer.WriteEndArray();
    }

    private void WriteSticky(StickyDefinition sticky)
    {
        writer.WriteStartObject("sticky");
        writer.WriteNumber("version", sticky.Version);
        if (sticky.MinimumVersion is { } minimum)
            writer.WriteNumber("minimumVersion", minimum);
        writer.WriteEndObject();
    }

    private void WriteWeights(IReadOnlyList<WeightedVariant> weights)
    {
        writer.WriteStartObject("split");
        foreach (var (variant, weight) in weights)
            writer.WriteNumber(variant, weight);
        writer.WriteEndObject();
    }
}
