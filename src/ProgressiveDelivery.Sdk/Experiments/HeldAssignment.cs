namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>An assignment in memory.</summary>
/// <param name="Assignment">The assignment.</param>
/// <param name="State">Its relation to the store.</param>
internal readonly record struct HeldAssignment(StoredAssignment Assignment, AssignmentState State);
