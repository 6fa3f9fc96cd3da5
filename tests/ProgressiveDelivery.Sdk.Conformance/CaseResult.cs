namespace ProgressiveDelivery.Sdk.Conformance;

/// <summary>What came of a case: passed, failed, or not run, since nobody here knows its operation.</summary>
internal sealed record CaseResult(string Id, string? Expected, string? Actual, bool Ran = true)
{
    public bool Passed => Ran && Expected is null;

    public static CaseResult Success(string id) => new(id, null, null);

    public static CaseResult NotRun(string id) => new(id, null, null, Ran: false);
}
