namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>What came of a case; null for a member that agreed.</summary>
internal sealed record CaseResult(string Id, string? Expected, string? Actual, bool Ran = true)
{
    public bool Passed => Ran && Expected is null;
}
