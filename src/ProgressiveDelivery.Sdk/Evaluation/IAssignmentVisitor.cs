namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>Collects the keys of the assignments that the evaluations of a context can look up.</summary>
internal interface IAssignmentVisitor
{
    /// <summary>Adds a key.</summary>
    /// <param name="experiment">The experiment, as in <see cref="AssignmentKey.Experiment"/>.</param>
    /// <param name="unit">The unit, as in <see cref="AssignmentKey.Unit"/>.</param>
    /// <param name="version">The version at which its assignments apply.</param>
    void Visit(string experiment, ReadOnlySpan<char> unit, int version);
}
