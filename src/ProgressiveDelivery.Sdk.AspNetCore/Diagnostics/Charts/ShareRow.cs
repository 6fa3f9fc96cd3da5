namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Charts;

/// <summary>A share of bad outcomes with its interval.</summary>
/// <param name="Name">The variant.</param>
/// <param name="Slot">Its mark.</param>
/// <param name="Share">The share; null without outcomes.</param>
/// <param name="Bad">The bad outcomes.</param>
/// <param name="Outcomes">All outcomes.</param>
internal sealed record ShareRow(string Name, int Slot, ShareInterval? Share, long Bad, long Outcomes);
