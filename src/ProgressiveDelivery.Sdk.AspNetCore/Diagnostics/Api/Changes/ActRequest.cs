using System.Globalization;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts.Kinds;
using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>The members that were sent with an act, from the body.</summary>
internal sealed record ActRequest(string? Reason, string? Flag, string? Variant, long? Version, double? ExpiresAfter, bool? SurvivesRestart, long? Revision)
{
    /// <summary>The members that the body may have.</summary>
    public static readonly string[] Members = ["reason", "flag", "variant", "version", "expiresAfter", "survivesRestart", "revision"];

    // The limits of ControlAct.
    private const double MaxSeconds = 3650.0 * 24 * 60 * 60;

    public static ActRequest Read(ApiBody body) => new(
        body.Text("reason"), body.Text("flag"), body.Text("variant"), body.Whole("version"), body.Number("expiresAfter"), body.Boolean("survivesRestart"), body.Whole("revision"));

    /// <summary>Returns what the act is about, in the form that the page sends it.</summary>
    public ActInput ToInput(OperatorAct act) => new() { Do = act.Name, Flag = Flag, Variant = Variant, Version = Version?.ToString(CultureInfo.InvariantCulture), Reason = Reason ?? "" };

    /// <summary>Returns what is wrong with the members for an act; null if nothing is.</summary>
    public string? FindFault(OperatorAct act)
    {
        if (string.IsNullOrWhiteSpace(Reason))
            return "'reason' is missing. Give one: it is kept in the audit trail.";
        if (Reason.Length > ActInput.MaxReasonLength)
            return $"'reason' has {Reason.Length} characters; the limit is {ActInput.MaxReasonLength}. Shorten it.";
        if (Revision is null)
            return "'revision' is missing. Send the one of 'status' that you decided by.";
        return FindFault(act, "flag", Flag, isTaken: act.IsOnFlag, isNeeded: act.IsOnFlag)
            ?? FindFault(act, "variant", Variant, isTaken: act is OverrideAct, isNeeded: act is OverrideAct and not KillAct)
            ?? FindFault(act, "version", Version, isTaken: act is PinAct, isNeeded: act is PinAct)
            ?? (ExpiresAfter is > 0 and <= MaxSeconds or null ? null : "'expiresAfter' is a number of seconds above 0, and at most 10 years. Correct it, or leave it out for no end.");
    }

    /// <summary>Returns what is wrong with how long the act is to stand; null if nothing is.</summary>
    public string? FindFaultOfStanding(OperatorAct act, ActSubject subject)
    {
        // A step forward stands, unless it comes to the newest snapshot: which of them it will be is not the caller's to know.
        if (act is StepForwardAct)
            return null;
        if (ExpiresAfter is not null && !act.HasEnd(subject))
            return act.Stands(subject) ? $"'{act.Name}' has no end of its own. Leave 'expiresAfter' out, or use 'override'." : $"'{act.Name}' does not stand, so it takes no 'expiresAfter'. Leave it out.";
        return SurvivesRestart is not null && !act.Stands(subject) ? $"'{act.Name}' does not stand, so it takes no 'survivesRestart'. Leave it out." : null;
    }

    public ControlAct ToAct(OperatorAct act, ActSubject subject, string by) => new(by, Reason!.Trim())
    {
        ExpiresAfter = ExpiresAfter is { } seconds && act.HasEnd(subject) ? TimeSpan.FromTicks(Math.Max(1, (long)(seconds * TimeSpan.TicksPerSecond))) : null,
        SurvivesRestart = act.Stands(subject) && (SurvivesRestart ?? act.SurvivesByDefault),
        IfRevision = Revision,
    };

    private static string? FindFault(OperatorAct act, string member, object? value, bool isTaken, bool isNeeded) =>
        isNeeded && value is null or "" ? $"'{member}' is missing. '{act.Name}' needs it."
        : !isTaken && value is not null ? $"'{act.Name}' takes no '{member}'. Leave it out."
        : null;
}
