namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;

/// <summary>A refused act: nothing was done.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Message">A sentence for the user: why, and what to do.</param>
internal sealed record ActRefusal(int Status, string Message);
