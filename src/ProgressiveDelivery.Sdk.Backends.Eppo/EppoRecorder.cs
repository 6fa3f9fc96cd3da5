using System.Collections.ObjectModel;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// Records assignments of allocations that are logged, and choices of bandits: of each subject and flag once, until the assignment changes, or the time to repeat exposures has passed. An operator's
/// override is no assignment.
/// </summary>
internal sealed class EppoRecorder(RecorderServices services) : AnswerRecorder
{
    private readonly EventMemory _assignments = services.Remember(services.Exposures.Remembered, services.Exposures.RepeatAfter);
    private readonly EventMemory _choices = services.Remember(services.Exposures.Remembered, services.Exposures.RepeatAfter);

    public override object? NoteOn(string flag, IReadOnlyDictionary<string, JsonElement> metadata) => AssignmentLogging.Of(metadata);

    public override void Answered(in RecordedAnswer answer)
    {
        if (answer.Note is not AssignmentLogging logging || answer.IsOverridden || !logging.Logs(answer.Rule) || answer.VariantName is not { } variant || answer.HashOf(logging.Unit) is not { } key)
            return;
        var state = answer.OutcomeHash;
        if (!_assignments.Knows(key, state))
            _assignments.TryRecord(key, state, Assignment(in answer, logging, variant));
    }

    public override void Occurred(BackendEvent occurred)
    {
        if (occurred is not EppoBanditEvent choice)
            return;
        var key = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(choice.Unit.AsSpan()), (long)Hash(choice.FeatureFlag));
        var state = Hash(choice.Bandit) ^ (Hash(choice.Action.Key) * 3) ^ (Hash(choice.ModelVersion) * 5);
        if (!_choices.Knows(key, state))
            _choices.TryRecord(key, state, choice);
    }

    private EppoAssignmentEvent Assignment(in RecordedAnswer answer, AssignmentLogging logging, string variant)
    {
        var context = answer.GetContext();
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var attribute in context.Attributes)
        {
            if (!attribute.Value.IsNull && !context.IsPrivate(attribute.Name))
                attributes[attribute.Name] = attribute.Value;
        }

        return new(answer.Flag, logging.AllocationAt(answer.Rule), answer.Variant!, answer.TextOf(logging.Unit) ?? "", logging.Unit.Kind, services.Clock.GetUtcNow(), attributes)
        {
            EntityId = logging.EntityId,
            ExtraLogging = logging.ExtraOf(variant) ?? ReadOnlyDictionary<string, string>.Empty,
        };
    }

    private static ulong Hash(string? text) => text is null ? 0 : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
