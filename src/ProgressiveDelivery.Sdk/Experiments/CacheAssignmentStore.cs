using System.Globalization;

namespace ProgressiveDelivery.Sdk.Experiments;

/// <summary>Keeps assignments in a key-value store with compare-and-set. A value is the version, a colon and the variant.</summary>
/// <param name="cache">The key-value store.</param>
/// <param name="prefix">The beginning of all keys.</param>
internal sealed class CacheAssignmentStore(IAssignmentCache cache, string prefix) : IAssignmentStore
{
    private const int MaxAttempts = 3;

    public async ValueTask<IReadOnlyList<StoredAssignment?>> ReadAsync(IReadOnlyList<AssignmentKey> keys, CancellationToken cancellationToken)
    {
        var values = await GetAsync([.. keys.Select(KeyOf)], cancellationToken).ConfigureAwait(false);
        return [.. values.Select(Parse)];
    }

    public async ValueTask<IReadOnlyList<StoredAssignment>> AssignAsync(IReadOnlyList<AssignmentProposal> proposals, CancellationToken cancellationToken)
    {
        var winners = new StoredAssignment[proposals.Count];
        for (var i = 0; i < winners.Length; i++)
            winners[i] = await AssignAsync(proposals[i], cancellationToken).ConfigureAwait(false);
        return winners;
    }

    // A value that is no assignment is replaced. One that is gone again, as after an eviction, is as if it had never been.
    private async ValueTask<StoredAssignment> AssignAsync(AssignmentProposal proposal, CancellationToken cancellationToken)
    {
        var key = KeyOf(proposal.Key);
        var expected = proposal.Replaces is { } replaced ? Format(replaced) : null;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await cache.TrySetAsync(key, expected, Format(proposal.Assignment), cancellationToken).ConfigureAwait(false))
                return proposal.Assignment;
            expected = (await GetAsync([key], cancellationToken).ConfigureAwait(false))[0];
            if (Parse(expected) is { } winner)
                return winner;
        }

        throw new IOException("The value of an assignment's key changes at every attempt to set it. Make sure that TrySetAsync is atomic, and that nothing else uses the key.");
    }

    private async ValueTask<IReadOnlyList<string?>> GetAsync(string[] keys, CancellationToken cancellationToken)
    {
        var values = await cache.GetAsync(keys, cancellationToken).ConfigureAwait(false);
        return values.Count == keys.Length ? values : throw new InvalidOperationException($"GetAsync returned {values.Count} values for {keys.Length} keys. Return one for each, in order.");
    }

    // With the length of the experiment's key, no two pairs have one key.
    private string KeyOf(AssignmentKey key) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{key.Experiment.Length}:{key.Experiment}:{key.Unit}");

    private static string Format(StoredAssignment assignment) => string.Create(CultureInfo.InvariantCulture, $"{assignment.Version}:{assignment.Variant}");

    private static StoredAssignment? Parse(string? value) =>
        value?.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && int.TryParse(value.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(version, value[(colon + 1)..])
            : null;
}
