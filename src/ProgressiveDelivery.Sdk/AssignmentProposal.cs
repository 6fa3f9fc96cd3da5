namespace ProgressiveDelivery.Sdk;

/// <summary>A proposal to store an assignment.</summary>
/// <param name="Key">The experiment and the unit.</param>
/// <param name="Assignment">The new assignment.</param>
/// <param name="Replaces">The assignment that it may replace; null if it may replace none. Where nothing is stored, it is stored in any case.</param>
public sealed record AssignmentProposal(AssignmentKey Key, StoredAssignment Assignment, StoredAssignment? Replaces);
