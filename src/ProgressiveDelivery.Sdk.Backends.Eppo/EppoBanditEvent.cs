using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.Eppo;

/// <summary>
/// The choice of a bandit as Eppo's warehouse tables hold it. <see cref="FeatureEvent.Unit"/> is the subject's key, and <see cref="FeatureEvent.Time"/> the timestamp. Immutable.
/// </summary>
public sealed class EppoBanditEvent : BackendEvent
{
    private const int Frame = 512;
    private const int Scalar = 24;

    [SetsRequiredMembers]
    internal EppoBanditEvent(string flag, string bandit, EppoSubject subject, EppoAction action, (double Probability, double Gap) choice, string? modelVersion, DateTimeOffset timestamp)
        : base(context: null)
    {
        (Id, Time, Unit, UnitKind) = (Guid.NewGuid().ToString("N"), timestamp, subject.Key, EventUnit.TargetingKey.Kind);
        (FeatureFlag, Bandit, Subject, Action) = (flag, bandit, subject, action);
        (ActionProbability, OptimalityGap, ModelVersion) = (choice.Probability, choice.Gap, modelVersion);
    }

    /// <summary>The key of the flag.</summary>
    public string FeatureFlag { get; }

    /// <summary>The key of the bandit.</summary>
    public string Bandit { get; }

    /// <summary>The subject, with its attributes.</summary>
    public EppoSubject Subject { get; }

    /// <summary>The action chosen, with its attributes.</summary>
    public EppoAction Action { get; }

    /// <summary>The probability with which the bandit chooses the action for this subject and these actions.</summary>
    public double ActionProbability { get; }

    /// <summary>The difference between the scores of the best action and the one chosen; 0 for the best one.</summary>
    public double OptimalityGap { get; }

    /// <summary>The version of the bandit's model; null if the document has none.</summary>
    public string? ModelVersion { get; }

    /// <inheritdoc/>
    public override int ContentBytes => Frame + FeatureFlag.Length + Bandit.Length + Action.Key.Length
        + SizeOf(Subject.Numbers, Subject.Categories) + SizeOf(Action.Numbers, Action.Categories);

    /// <summary>
    /// Returns the choice as JSON with Eppo's names: <c>featureFlag</c>, <c>bandit</c>, <c>subject</c>, <c>action</c>, <c>actionProbability</c>, <c>optimalityGap</c>, <c>modelVersion</c>, <c>timestamp</c>,
    /// <c>subjectNumericAttributes</c>, <c>subjectCategoricalAttributes</c>, <c>actionNumericAttributes</c>, <c>actionCategoricalAttributes</c>, <c>metaData</c> and <c>id</c>. A number that JSON cannot hold is null.
    /// </summary>
    public string ToJson() => EppoEventJson.Text(this, static (json, choice) =>
    {
        json.WriteString("id", choice.Id);
        json.WriteString("featureFlag", choice.FeatureFlag);
        json.WriteString("bandit", choice.Bandit);
        json.WriteString("subject", choice.Unit);
        json.WriteString("action", choice.Action.Key);
        EppoEventJson.WriteNumber(json, "actionProbability", choice.ActionProbability);
        EppoEventJson.WriteNumber(json, "optimalityGap", choice.OptimalityGap);
        json.WriteString("modelVersion", choice.ModelVersion);
        EppoEventJson.WriteTimestamp(json, choice.Time);
        EppoEventJson.WriteNumbers(json, "subjectNumericAttributes", choice.Subject.Numbers);
        EppoEventJson.WriteTexts(json, "subjectCategoricalAttributes", choice.Subject.Categories);
        EppoEventJson.WriteNumbers(json, "actionNumericAttributes", choice.Action.Numbers);
        EppoEventJson.WriteTexts(json, "actionCategoricalAttributes", choice.Action.Categories);
        EppoEventJson.WriteMetaData(json);
    });

    private static int SizeOf(IReadOnlyDictionary<string, double> numbers, IReadOnlyDictionary<string, string> categories) =>
        numbers.Sum(number => number.Key.Length + Scalar) + categories.Sum(category => category.Key.Length + (category.Value?.Length ?? 0));
}
