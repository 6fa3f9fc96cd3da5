using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>semver</c>: a SemVer 2.0 version, as a dialect writes it, in a range.</summary>
internal sealed class VersionTest(AttributeReference attribute, AttributeValue operand, SemVerRange range, VersionReading reading)
    : AttributeTest(attribute, "semver", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        var text = value.AsString().AsSpan();
        return SemVer.TryParse(reading == VersionReading.Trimmed ? text.Trim() : text, reading == VersionReading.Partial, out var version)
            ? range.Contains(version).ToTruth()
            : Truth.Unknown;
    }
}
