using System.Text.Json;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>The reason for an answer in LaunchDarkly's terms.</summary>
internal sealed record LaunchDarklyReason(string Kind)
{
    private const string Match = "RULE_MATCH";

    private int RuleIndex { get; init; }

    private string? RuleId { get; init; }

    private string? PrerequisiteKey { get; init; }

    private string? ErrorKind { get; init; }

    private bool IsInExperiment { get; init; }

    /// <summary>Returns the reason for an answer.</summary>
    public static LaunchDarklyReason Of(in RecordedAnswer answer, FlagTracking tracking, bool isInExperiment) => answer.Reason switch
    {
        EvaluationReason.Off => new("OFF"),
        EvaluationReason.PrerequisiteFailed => new("PREREQUISITE_FAILED") { PrerequisiteKey = answer.GetFailedPrerequisite() },
        EvaluationReason.TypeMismatch => new("ERROR") { ErrorKind = "WRONG_TYPE" },
        EvaluationReason.Error => new("ERROR") { ErrorKind = "MALFORMED_FLAG" },
        _ when answer.Rule < 0 => new("FALLTHROUGH") { IsInExperiment = isInExperiment },
        _ when tracking.PlaceOf(answer.Rule) < 0 => new("TARGET_MATCH"),
        _ => new(Match) { RuleIndex = tracking.PlaceOf(answer.Rule), RuleId = answer.RuleName, IsInExperiment = isInExperiment },
    };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("reason");
        json.WriteString("kind", Kind);
        if (Kind == Match)
            json.WriteNumber("ruleIndex", RuleIndex);
        if (RuleId is not null)
            json.WriteString("ruleId", RuleId);
        if (PrerequisiteKey is not null)
            json.WriteString("prerequisiteKey", PrerequisiteKey);
        if (ErrorKind is not null)
            json.WriteString("errorKind", ErrorKind);
        if (IsInExperiment)
            json.WriteBoolean("inExperiment", true);
        json.WriteEndObject();
    }
}
