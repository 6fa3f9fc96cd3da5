using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The notes of one recorder on the flags of one ruleset.</summary>
internal sealed class RecordedRules
{
    private const int MaxLevels = 32;

    // Diamonds above one another would else be walked without end.
    private const int MaxPrerequisites = 1_000;

    private readonly BackendRecording _recording;
    private readonly CompiledFlag[] _flags;
    private readonly object?[] _notes;

    // Of each flag whether a prerequisite of it is recorded; null if of none.
    private readonly bool[]? _leads;

    /// <summary>Takes the notes.</summary>
    /// <param name="recording">The recorder.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="before">The notes on the rules before, which hold for flags that are the same; null if there were none.</param>
    public RecordedRules(BackendRecording recording, CompiledFlag[] flags, RecordedRules? before)
    {
        (_recording, _flags, _notes) = (recording, flags, new object?[flags.Length]);
        for (var i = 0; i < flags.Length; i++)
            _notes[i] = before is not null && i < before._flags.Length && ReferenceEquals(before._flags[i], flags[i]) ? before._notes[i] : recording.NoteOn(flags[i]);
        if (Array.Exists(_notes, note => note is not null && recording.RecordsPrerequisite(note)))
            _leads = Leads();
    }

    /// <summary>Indicates whether these are the notes on a ruleset's flags.</summary>
    public bool AreOf(CompiledFlag[] flags) => ReferenceEquals(_flags, flags);

    /// <summary>Records an answer, if the flag is noted.</summary>
    public void Answered<T>(CompiledFlag flag, Decision decision, AnswerForm form, T fallback, AnyContext context)
    {
        if (_notes[flag.Index] is { } note)
            Record(flag, decision, form, PlainValue.Of(fallback), context, note);
        if (_leads is not null && _leads[flag.Index] && flag.IsEnabled && flag.Overlay is null && decision.Reason != EvaluationReason.TargetingKeyMissing)
        {
            var left = MaxPrerequisites;
            RecordPrerequisites(flag, context, 0, ref left);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Record(CompiledFlag flag, Decision decision, AnswerForm form, PlainValue fallback, AnyContext context, object note, string? prerequisiteOf = null) =>
        _recording.Answered(new(flag.Key, flag, decision, form, fallback, context, _recording.Services) { Note = note, PrerequisiteOf = prerequisiteOf });

    // A prerequisite has the same answer again: it depends on rules and context only.
    private void RecordPrerequisites(CompiledFlag flag, AnyContext context, int level, ref int left)
    {
        var budget = default(EvaluationBudget);
        var input = new EvaluationInput(context, _recording.Services, _recording.Now, ref budget);
        foreach (var required in flag.Requires)
        {
            if (required.Flag is not { IsCyclic: false } prerequisite || left-- == 0)
                return;
            if (_notes[prerequisite.Index] is { } note && _recording.RecordsPrerequisite(note))
                Record(prerequisite, prerequisite.Answer(in input), AnswerForm.Value, default, context, note, flag.Key);
            if (level + 1 < MaxLevels && _leads![prerequisite.Index] && prerequisite.IsEnabled)
                RecordPrerequisites(prerequisite, context, level + 1, ref left);
            if (required.Holds(in input) != Truth.True)
                return;
        }
    }

    private bool[] Leads()
    {
        var leads = new bool[_flags.Length];
        for (var level = 0; level < MaxLevels; level++)
        {
            var isChanged = false;
            foreach (var flag in _flags)
            {
                if (leads[flag.Index] || flag.IsCyclic)
                    continue;
                foreach (var required in flag.Requires)
                    leads[flag.Index] |= required.Flag is { } prerequisite && (leads[prerequisite.Index] || (_notes[prerequisite.Index] is { } note && _recording.RecordsPrerequisite(note)));
                isChanged |= leads[flag.Index];
            }

            if (!isChanged)
                break;
        }

        return leads;
    }
}
