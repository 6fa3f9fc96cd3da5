namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>semver</c>: a SemVer 2.0 version in a range.</summary>
internal sealed class VersionTest(AttributeReference attribute, AttributeValue operand, SemVerRange range)
    : AttributeTest(attribute, "semver", operand)
{
    protected override Truth Judge(in AttributeValue value) =>
        SemVer.TryParse(value.AsString(), out var version) ? range.Contains(version).ToTruth() : Truth.Unknown;
}
