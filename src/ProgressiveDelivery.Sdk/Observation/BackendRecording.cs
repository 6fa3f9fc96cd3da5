using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>One recorder of a backend, whose faults reach no evaluation: the first one is reported.</summary>
/// <param name="recorder">The recorder. Its code is not trusted.</param>
/// <param name="services">The services that contexts are read with, without effects.</param>
/// <param name="clock">Dates questions for prerequisites.</param>
/// <param name="report">Reports the first fault.</param>
internal sealed class BackendRecording(AnswerRecorder recorder, EvaluationServices services, TimeProvider clock, Action<Exception> report)
{
    private RecordedRules? _last;
    private int _isReported;

    public EvaluationServices Services => services;

    /// <summary>The moment of a question, UTC, in ticks.</summary>
    public long Now => clock.GetUtcNow().UtcTicks;

    /// <summary>Returns the notes on a ruleset that comes into force.</summary>
    public RecordedRules Of(Ruleset rules)
    {
        var last = Volatile.Read(ref _last);
        if (last?.AreOf(rules.Flags) == true)
            return last;
        var made = new RecordedRules(this, rules.Flags, last);
        Volatile.Write(ref _last, made);
        return made;
    }

    public object? NoteOn(CompiledFlag flag)
    {
        try
        {
            return recorder.NoteOn(flag.Key, flag.Metadata);
        }
        catch (Exception fault)
        {
            Report(fault);
            return null;
        }
    }

    public bool RecordsPrerequisite(object note)
    {
        try
        {
            return recorder.RecordsPrerequisite(note);
        }
        catch (Exception fault)
        {
            Report(fault);
            return false;
        }
    }

    public void Answered(in RecordedAnswer answer)
    {
        try
        {
            recorder.Answered(in answer);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>Records a question for a flag that does not exist.</summary>
    public void Missed<T>(string key, EvaluationReason reason, T fallback, AnyContext context)
    {
        if (reason == EvaluationReason.FlagNotFound)
            Answered(new(key, null, new(Decision.None, reason), AnswerForm.Fallback, PlainValue.Of(fallback), context, services));
    }

    public void Tracked(string metric, EvaluationContext context, double value)
    {
        try
        {
            recorder.Tracked(metric, context, value);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    public void Occurred(BackendEvent occurred)
    {
        try
        {
            recorder.Occurred(occurred);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    private void Report(Exception fault)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
            report(fault);
    }
}
