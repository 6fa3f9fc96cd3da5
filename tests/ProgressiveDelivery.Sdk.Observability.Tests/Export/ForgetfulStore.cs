namespace ProgressiveDelivery.Sdk.Observability.Tests.Export;

/// <summary>A store of assignments that takes all and keeps none.</summary>
internal sealed class ForgetfulStore : IAssignmentStore
{
    public ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken) =>
        new([.. keys.Select(static _ => (StoredAssignment?)null)]);

    public ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken) =>
        new([.. proposals.Select(static proposal => proposal.Assignment)]);
}
