namespace ProgressiveDelivery.Sdk;

/// <summary>The key of a stored assignment.</summary>
/// <param name="Experiment">The experiment's key; of one that keeps variants under several names (<see cref="Definitions.Translation.StickyOutcome"/>), with its version: <c>key__version</c>.</param>
/// <param name="Unit">The unit, in the text form in which it is hashed; there, after its name: <c>name||value</c>. It may be personal data.</param>
public readonly record struct AssignmentKey(string Experiment, string Unit);
