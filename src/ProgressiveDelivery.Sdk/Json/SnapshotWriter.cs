using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>Writes definitions in our own format, without absent members and defective definitions.</summary>
internal sealed partial class SnapshotWriter(Utf8JsonWriter writer)
{
    private readonly int _start = writer.CurrentDepth;

    // The flag or segment that is being written, for messages.
    private string _last = "The snapshot";

    public void Write(SnapshotDefinition snapshot)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", SnapshotJson.Schema);
        // Without versions, the document can be read back only as a file, which is numbered then.
        if (snapshot.Version != 0)
            writer.WriteNumber("version", snapshot.Version);
        WriteText("environment", snapshot.Environment);
        WriteInstant("publishedAt", snapshot.PublishedAt);
        WriteChange(snapshot);
        WriteInstant("expiresAt", snapshot.ExpiresAt);
        WriteNamed("segments", snapshot.Segments, segment => segment.Name, segment => segment.Defect, WriteSegment);
        WriteNamed("layers", snapshot.Layers, layer => layer.Name, layer => layer.Defect, WriteLayer);
        WriteNamed("holdouts", snapshot.Holdouts, holdout => holdout.Name, holdout => holdout.Defect, WriteHoldout);
        WriteAllNamed("flags", snapshot.Flags, flag => flag.Key, flag => flag.Defect, WriteFlag);   // required in a document
        WriteList("assertions", snapshot.Assertions, WriteAssertion);
        writer.WriteEndObject();
    }

    /// <summary>Writes a flag as one object, without its key.</summary>
    public void Write(FlagDefinition flag)
    {
        writer.WriteStartObject();
        WriteFlag(flag);
        writer.WriteEndObject();
    }

    private void WriteChange(SnapshotDefinition snapshot)
    {
        if (snapshot is { ChangedBy: null, ChangeReason: null })
            return;
        writer.WriteStartObject("change");
        WriteText("by", snapshot.ChangedBy);
        WriteText("why", snapshot.ChangeReason);
        writer.WriteEndObject();
    }

    private void WriteFlag(FlagDefinition flag)
    {
        _last = $"Flag {DiagnosticCatalog.Quote(flag.Key)}";
        writer.WriteString("type", FlagReader.TypeNames[(int)flag.Type]);
        writer.WriteStartObject("variants");
        foreach (var variant in flag.Variants)
        {
            writer.WritePropertyName(variant.Name);
            WriteValue(variant.Value);
        }

        writer.WriteEndObject();
        writer.WriteBoolean("enabled", flag.Enabled);
        WriteText("offVariant", flag.OffVariant);
        WriteList("requires", flag.Requires, WritePrerequisite);
        WriteList("rules", flag.Rules, WriteRule);
        WriteServe("default", flag.Default);
        WriteList("guards", flag.Guards, WriteGuard);
        if (flag.Attempt != 1)
            writer.WriteNumber("attempt", flag.Attempt);
        if (flag.Track)
            writer.WriteBoolean("track", true);
        if (flag.ClientVisible)
            writer.WriteBoolean("clientVisible", true);
        WriteMetadata(flag.Metadata);
    }

    private void WriteValue(VariantValue value)
    {
        switch (value.Type)
        {
            case FlagType.Boolean:
                writer.WriteBooleanValue(value.Bits != 0);
                break;
            case FlagType.String:
                writer.WriteStringValue(value.Text);
                break;
            case FlagType.Integer:
                writer.WriteNumberValue(value.Bits);
                break;
            case FlagType.Number:
                NumberJson.Write(writer, BitConverter.Int64BitsToDouble(value.Bits));
                break;
            case FlagType.Json:
                WriteRaw(value.Text!);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private void WritePrerequisite(PrerequisiteDefinition prerequisite)
    {
        writer.WriteStartObject();
        writer.WriteString("flag", prerequisite.Flag);
        WriteTexts("variants", prerequisite.Variants);
        writer.WriteEndObject();
    }

    private void WriteRule(RuleDefinition rule)
    {
        writer.WriteStartObject();
        WriteText("id", rule.Id);
        WriteWhen(rule.When);
        WriteServe("serve", rule.Serve);
        writer.WriteEndObject();
    }

    private void WriteMetadata(IReadOnlyDictionary<string, JsonElement> metadata)
    {
        if (metadata.Count == 0)
            return;

        writer.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
        {
            writer.WritePropertyName(name);
            WriteRaw(value.GetRawText());
        }

        writer.WriteEndObject();
    }

    private void WriteSegment(SegmentDefinition segment)
    {
        _last = $"Segment {DiagnosticCatalog.Quote(segment.Name)}";
        WriteBy(segment.By);
        WriteTextsUnlessEmpty("include", segment.Include);
        WriteTextsUnlessEmpty("exclude", segment.Exclude);
        WriteWhen(segment.When);
    }

    private void WriteLayer(LayerDefinition layer)
    {
        WriteBy(layer.By);
        WriteText("salt", layer.Salt);
    }

    private void WriteHoldout(HoldoutDefinition holdout)
    {
        WriteBy(holdout.By);
        WriteText("salt", holdout.Salt);
        writer.WriteNumber("percent", holdout.Percent);
    }

    private void WriteAssertion(AssertionDefinition assertion)
    {
        _last = $"An assertion on flag {DiagnosticCatalog.Quote(assertion.Flag)}";
        writer.WriteStartObject();
        writer.WriteString("flag", assertion.Flag);
        writer.WritePropertyName("context");
        if (!assertion.Context.IsWithin(AttributeBounds.OfDocuments))
            throw TooMuch("a value of its context");
        ContextJson.WriteAll(writer, assertion.Context, NonFiniteNumbers.Rejected);
        WriteText("variant", assertion.Variant);
        writer.WriteEndObject();
    }
}
