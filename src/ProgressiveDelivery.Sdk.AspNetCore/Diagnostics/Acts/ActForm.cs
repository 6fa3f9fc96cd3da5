using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>Checks what was sent with an act.</summary>
internal static class ActForm
{
    /// <summary>Returns what is wrong with the fields; empty if nothing is.</summary>
    public static IReadOnlyList<ActFault> Check(OperatorAct act, ActSubject subject)
    {
        var (faults, input) = (new List<ActFault>(), subject.Input);
        if (string.IsNullOrWhiteSpace(input.Reason))
            faults.Add(new("reason", "Give a reason. It is kept in the audit trail."));
        else if (input.Reason.Length > ActInput.MaxReasonLength)
            faults.Add(new("reason", $"The reason has {Numbers.Count(input.Reason.Length)} characters; the limit is {Numbers.Count(ActInput.MaxReasonLength)}. Shorten it."));
        if (act.HasEnd(subject) && UntilChoice.Find(input.Until) is null)
            faults.Add(new("until", "Choose one of the durations."));
        return faults;
    }

    /// <summary>Makes the act of a form without faults.</summary>
    public static ControlAct Read(OperatorAct act, ActSubject subject, long revision) => new(subject.Page.User, subject.Input.Reason.Trim())
    {
        ExpiresAfter = act.HasEnd(subject) ? UntilChoice.Find(subject.Input.Until)!.Duration : null,
        SurvivesRestart = act.Stands(subject) && subject.Input.Survives == true,
        IfRevision = revision,
    };
}
