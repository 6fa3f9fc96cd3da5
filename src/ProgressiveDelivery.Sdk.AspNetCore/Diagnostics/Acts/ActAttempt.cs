namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Acts;

/// <summary>An act that was sent and not done: the sheet is shown again with it.</summary>
/// <param name="Input">What was sent; its text stays in the form.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Faults">What is wrong with the fields.</param>
internal sealed record ActAttempt(ActInput Input, int Status, IReadOnlyList<ActFault> Faults)
{
    /// <summary>Indicates whether the state has changed since the sheet was drawn: the operator must look again first.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>The sentence for a fault of the whole; null for none.</summary>
    public string? Message { get; init; }
}

/// <summary>The fault of a field.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Message">A sentence: what is wrong, and what to do.</param>
internal sealed record ActFault(string Field, string Message);
